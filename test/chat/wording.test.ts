import { describe, expect, it } from 'vitest';
import { wordError, wordNotice, wordSeconds } from '../../src/chat/wording.ts';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { Notice } from '../../src/llm/stream-event.ts';

const error = (over: Partial<LlmError>): LlmError => ({
  code: 'server',
  message: 'vendor words',
  retryable: false,
  ...over,
});

describe('the wording of errors', () => {
  it.each<[Partial<LlmError>, RegExp, RegExp]>([
    [{ code: 'authentication', status: 401 }, /key for p\/m was refused/, /Add the provider again/],
    [
      { code: 'connection-refused', url: 'http://127.0.0.1:1/v1' },
      /Nothing listens at http:\/\/127\.0\.0\.1:1\/v1/,
      /Start the server/,
    ],
    [{ code: 'rate-limit', retryAfterMs: 7_200_000 }, /too many requests.*wait 2 h/, /another model/],
    [{ code: 'invalid-request', parameter: 'temperature' }, /because of "temperature"/, /Clear "temperature"/],
    [{ code: 'invalid-request' }, /refused the request\./, /Read the details/],
    [{ code: 'not-an-api', url: 'https://x.example' }, /web page/, /\/v1/],
  ])('%j names cause and next step', (over, cause, nextStep) => {
    const view = wordError(error(over), 'p/m');
    expect(view.cause).toMatch(cause);
    expect(view.nextStep).toMatch(nextStep);
    expect(view.details).toContain('vendor words');
  });

  it('has all facts in the details', () => {
    const view = wordError(error({ status: 500, requestId: 'req_1', url: 'https://x.example/v1' }), 'p/m');
    expect(view.details.split('\n')).toEqual([
      'vendor words',
      'Model: p/m',
      'Error: server',
      'HTTP status: 500',
      'URL: https://x.example/v1',
      'Request id: req_1',
    ]);
  });
});

describe('the wording of notices', () => {
  it('tells a pause and a change of model with the reason', () => {
    expect(wordNotice({ kind: 'retrying', error: error({ code: 'overloaded' }), waitMs: 4000, attempt: 1 })).toMatch(
      /in 4 s: .*overloaded/,
    );
    expect(wordNotice({ kind: 'switched', from: 'a/x', to: 'b/y', error: error({}) })).toMatch(/^a\/x → b\/y, because/);
  });

  it.each<[Notice, string]>([
    [
      { kind: 'lesson', model: 'p/m', lesson: { kind: 'omit', name: 'temperature' } },
      'p/m does not accept temperature; sent without it.',
    ],
    [
      { kind: 'lesson', model: 'p/m', lesson: { kind: 'form', quirk: { maxTokensField: 'max_completion_tokens' } } },
      'p/m wants the output limit as max_completion_tokens; sent that way.',
    ],
    [
      { kind: 'lesson', model: 'p/m', lesson: { kind: 'form', quirk: { systemRole: 'system' } } },
      'p/m wants the system prompt in the role system; sent that way.',
    ],
    [
      { kind: 'lesson', model: 'p/m', lesson: { kind: 'window', tokens: 4096 } },
      'p/m reads no more than 4096 tokens at once; sent a shorter conversation.',
    ],
    [
      { kind: 'left-out', model: 'p/m', messages: 6 },
      'The first 6 messages were left out: the conversation is longer than p/m can read at once.',
    ],
    [
      { kind: 'left-out', model: 'p/m', messages: 1 },
      'The first message was left out: the conversation is longer than p/m can read at once.',
    ],
    [{ kind: 'images-left-out', model: 'p/m', images: 2 }, '2 images were left out: p/m takes none.'],
  ])('%j', (notice, told) => {
    expect(wordNotice(notice)).toBe(told);
  });

  it.each([
    [900, '0.9 s'],
    [4000, '4 s'],
    [65_000, '65 s'],
    [600_000, '10 min'],
    [36_000_000, '10 h'],
  ] as const)('%i ms are %s', (ms, told) => {
    expect(wordSeconds(ms)).toBe(told);
  });
});
