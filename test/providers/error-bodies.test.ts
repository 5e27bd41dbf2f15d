import { describe, expect, it } from 'vitest';
import { wordError } from '../../src/chat/wording.ts';
import type { LlmErrorCode } from '../../src/llm/llm-error.ts';
import { httpError } from '../../src/providers/http-error.ts';
import { errorBodies } from './error-bodies.ts';

const url = 'https://api.example/v1/chat/completions';
const model = 'cloud/some-model';

/** What a person has to read of each: what is wrong, and what can be done about it. */
const told: Readonly<Partial<Record<LlmErrorCode, readonly [cause: RegExp, nextStep: RegExp]>>> = {
  authentication: [/^The key for cloud\/some-model was refused/, /valid key/],
  permission: [/may not use cloud\/some-model/, /Ask for access .* switch to a model/],
  'not-found': [/does not know cloud\/some-model/, /from the list, or check the base URL/],
  'invalid-request': [/^cloud\/some-model refused the request/, /model’s settings/],
  'not-pulled': [/does not have cloud\/some-model yet/, /pull it/],
  'context-overflow': [/longer than cloud\/some-model can read/, /larger context/],
  'rate-limit': [/cloud\/some-model gets too many requests/, /another model/],
  quota: [/quota for cloud\/some-model is used up/, /plan and billing/],
  overloaded: [/cloud\/some-model is overloaded/, /another model/],
  server: [/server of cloud\/some-model failed/, /another model/],
  'content-filter': [/content filter of cloud\/some-model/, /differently/],
  unsupported: [/support/, /another model/],
};

describe('what vendors say when they refuse', () => {
  it.each(errorBodies.map(({ name, ...row }) => [name, row] as const))('%s', (_, row) => {
    const { status, headers = {}, body, code, message, ...facts } = row;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const error = httpError(text, { url, headers, status });
    expect(error).toEqual({
      code,
      status,
      url,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      retryable: false,
      ...facts,
    });

    const view = wordError(error, model);
    const [cause, nextStep] = told[code] ?? [];
    expect(view.cause).toMatch(cause ?? 'a cause of its own');
    expect(view.nextStep).toMatch(nextStep ?? 'a next step of its own');
    if (error.parameter !== undefined) {
      expect(view.cause).toContain(`"${error.parameter}"`);
      expect(view.nextStep).toContain(`"${error.parameter}"`);
    }
    for (const fact of [error.message, url, String(status), error.requestId ?? '']) {
      expect(view.details).toContain(fact);
    }
  });
});
