import type { LlmErrorCode } from '../llm/llm-error.ts';

/** What one kind of failure means for the chain, and for what is thought of the endpoint. */
export interface FailureRule {
  /** Another model may answer instead, as long as nothing of a reply was seen; else the user has to know. */
  readonly goesOn: boolean;
  readonly because: string;
  /**
   * Whose trouble it is. `endpoint`: nothing at this address can be reached. `model`: this model does not answer there.
   * `none`: the server works; nothing is wrong with it.
   */
  readonly trouble: 'endpoint' | 'model' | 'none';
  /** It cost the user a wait: once is enough to ask another first for a while. */
  readonly slow?: true;
}

const busy = 'the server is there and has no room: another may have some';
const unreachable = 'no byte of an answer came, and nothing was paid for';
const broken = 'the answer was lost before anything of it could be read';
const request = 'the same request would be wrong elsewhere, or be answered by somebody the user did not mean';
const setup = 'something has to be set right; to hide it would hide which model is used';

/** Every kind of failure. Whatever is not the endpoint's passing trouble is told instead of being answered by another. */
export const failureRules: Readonly<Record<LlmErrorCode, FailureRule>> = {
  'rate-limit': { goesOn: true, because: busy, trouble: 'model' },
  quota: {
    goesOn: true,
    because: 'nothing helps until it is renewed, and another account has its own',
    trouble: 'model',
  },
  overloaded: { goesOn: true, because: busy, trouble: 'model' },
  'out-of-memory': { goesOn: true, because: busy, trouble: 'model' },
  loading: { goesOn: true, because: busy, trouble: 'model' },
  server: { goesOn: true, because: broken, trouble: 'model' },
  'empty-response': { goesOn: true, because: broken, trouble: 'model' },
  'malformed-response': { goesOn: true, because: broken, trouble: 'model' },
  'stream-cut': { goesOn: true, because: broken, trouble: 'model' },
  'connection-lost': { goesOn: true, because: broken, trouble: 'endpoint' },
  'connection-refused': { goesOn: true, because: unreachable, trouble: 'endpoint' },
  'host-not-found': { goesOn: true, because: unreachable, trouble: 'endpoint' },
  'connect-timeout': { goesOn: true, because: unreachable, trouble: 'endpoint', slow: true },
  'first-token-timeout': { goesOn: true, because: 'nothing of an answer came in time', trouble: 'model', slow: true },
  'idle-timeout': { goesOn: true, because: broken, trouble: 'model', slow: true },
  'model-crashed': { goesOn: true, because: 'the process that would have answered is gone', trouble: 'model' },

  authentication: { goesOn: false, because: setup, trouble: 'none' },
  permission: { goesOn: false, because: setup, trouble: 'none' },
  // A model that was removed or renamed: the user's choice is gone, and that is news.
  'not-found': { goesOn: false, because: setup, trouble: 'none' },
  'not-pulled': { goesOn: false, because: setup, trouble: 'none' },
  // Who answers in the place of a server that cannot be trusted may not be told by a line beside the reply only.
  tls: { goesOn: false, because: setup, trouble: 'none' },
  'not-an-api': { goesOn: false, because: setup, trouble: 'none' },
  'no-model': { goesOn: false, because: setup, trouble: 'none' },
  'no-key': { goesOn: false, because: setup, trouble: 'none' },
  'model-file': { goesOn: false, because: setup, trouble: 'none' },
  'invalid-request': { goesOn: false, because: request, trouble: 'none' },
  'context-overflow': { goesOn: false, because: request, trouble: 'none' },
  'content-filter': { goesOn: false, because: request, trouble: 'none' },
  unsupported: { goesOn: false, because: request, trouble: 'none' },
  // A gate knows itself whether another model may be allowed what this one is not.
  budget: { goesOn: false, because: 'the user set the limit', trouble: 'none' },
  privacy: { goesOn: false, because: 'the user decides who may see it', trouble: 'none' },
  policy: { goesOn: false, because: 'whoever administers the machine decides', trouble: 'none' },
  internal: { goesOn: false, because: 'Tutti’s own mistake is nobody else’s to answer for', trouble: 'none' },
};
