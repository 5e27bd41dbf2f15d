import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/gateway/ask.ts';
import { PrivacyGate } from '../../src/gateway/privacy-gate.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ChatRequest } from '../../src/llm/request.ts';

const request: ChatRequest = { kind: 'chat', messages: [], parameters: {} };
const model = (local: boolean): Model => ({
  ...{ ref: local ? 'here/m' : 'cloud/m', id: 'm', chat: 'openai-chat', facts: {} },
  endpoint: {
    ...{ provider: 'p', vendor: 'v', baseUrl: 'http://x', keyHeader: 'none', headers: {}, quirks: {}, local },
    timeouts: { connectMs: 1, firstTokenMs: 1, idleMs: 1 },
  },
});

const gate = new PrivacyGate({
  hiddenBecause: async (uri) => {
    if (uri === 'broken') throw new Error('the disk is gone.');
    return uri === 'hidden' ? 'It is hidden.' : undefined;
  },
  localOnlyBecause: async (uri) => (uri.startsWith('ours') ? 'Only local models may see it.' : undefined),
  nameOf: (uri) => `${uri}.ts`,
});

describe('files whose text is in a request', () => {
  it.each<[string, Partial<Ask>, boolean, object]>([
    ['none', {}, false, { kind: 'admitted', request }],
    ['such as all may see', { files: ['plain'] }, false, { kind: 'admitted', request }],
    [
      'a hidden one',
      { files: ['plain', 'hidden'] },
      true,
      {
        kind: 'refused',
        error: { code: 'privacy', message: 'hidden.ts: It is hidden. Nothing was sent.' },
        nextMayServe: false,
      },
    ],
    [
      'a local one, and a model elsewhere',
      { files: ['ours', 'plain'] },
      false,
      {
        kind: 'refused',
        error: { message: 'ours.ts: Only local models may see it. cloud/m is not local. Nothing was sent.' },
        nextMayServe: true,
      },
    ],
    ['a local one, and a local model', { files: ['ours'] }, true, { kind: 'admitted', request }],
    [
      'a local one, and a local model in the place of another',
      { files: ['ours'], tried: [{ model: 'cloud/m', why: 'privacy' }] },
      true,
      {
        kind: 'admitted',
        notices: [{ kind: 'narrowed', reason: 'ours.ts: Only local models may see it.', left: ['here/m'] }],
      },
    ],
    ['one whose rules cannot be read', { files: ['broken'] }, true, { kind: 'refused', nextMayServe: false }],
  ])('%s', async (_, ask, local, expected) => {
    expect(await gate.admit({ role: 'chat', request, ...ask }, model(local), request)).toMatchObject(expected);
  });
});
