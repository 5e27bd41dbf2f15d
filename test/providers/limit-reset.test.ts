import { describe, expect, it } from 'vitest';
import { httpError } from '../../src/providers/http-error.ts';
import { untilReset } from '../../src/providers/limit-reset.ts';

const now = Date.parse('2026-02-01T12:00:00Z');

describe('when a used-up limit has something again', () => {
  const check = (name: string, headers: Readonly<Record<string, string>>, expected: number | undefined): void =>
    it(name, () => expect(untilReset(headers, now)).toBe(expected));

  const openAi = (requests: string, tokens: string): Readonly<Record<string, string>> => ({
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-remaining-requests': requests,
    'x-ratelimit-reset-requests': '1h2m3.5s',
    'x-ratelimit-remaining-tokens': tokens,
    'x-ratelimit-reset-tokens': '17ms',
  });
  check('OpenAI: requests', openAi('0', '149984'), 3_723_500);
  check('OpenAI: tokens', openAi('59', '0'), 17);
  check('OpenAI: both, the later', openAi('0', '0'), 3_723_500);
  check('OpenAI: something of all is left', openAi('59', '149984'), undefined);
  check('Groq', { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '2m59.56s' }, 179_560);
  check(
    'Anthropic',
    {
      'anthropic-ratelimit-requests-remaining': '49',
      'anthropic-ratelimit-requests-reset': '2026-02-01T18:00:00Z',
      'anthropic-ratelimit-output-tokens-remaining': '0',
      'anthropic-ratelimit-output-tokens-reset': '2026-02-01T12:00:42Z',
    },
    42_000,
  );
  check('OpenRouter: a time', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 5000) }, 5000);
  check('a time in seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 7) }, 7000);
  check('a pause in seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2.5' }, 2500);
  check('a time that has passed', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now - 1) }, 0);
  check(
    'handed on by LiteLLM',
    {
      'llm_provider-x-ratelimit-remaining-requests': '0',
      'llm_provider-x-ratelimit-reset-requests': '6m0s',
    },
    360_000,
  );
  check('nothing is said of when', { 'x-ratelimit-remaining-requests': '0' }, undefined);
  check('words nobody understands', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'tomorrow' }, undefined);
  check('no number is left', { 'x-ratelimit-remaining': '', 'x-ratelimit-reset': '5s' }, undefined);
});

describe('an answer that the limit is used up', () => {
  const url = 'https://api.example/v1/chat/completions';
  const headers = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' };
  const error = (status: number, body: unknown, more: Readonly<Record<string, string>> = {}) =>
    httpError(JSON.stringify(body), { url, status, headers: { ...headers, ...more } });

  it('says until when where nothing else does', () =>
    expect(error(429, { error: { message: 'slow down' } })).toMatchObject({
      code: 'rate-limit',
      retryAfterMs: 360_000,
    }));
  it('is believed less than Retry-After', () =>
    expect(error(429, {}, { 'retry-after': '3' })).toMatchObject({ retryAfterMs: 3000 }));
  it('is believed less than the message', () =>
    expect(error(429, { error: { message: 'Please try again in 2s.' } })).toMatchObject({ retryAfterMs: 2000 }));
  it('does not make a spent balance one of the minute', () => {
    const spent = error(429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } });
    expect(spent).toMatchObject({ code: 'quota' });
    expect(spent).not.toHaveProperty('retryAfterMs');
  });
  it('says nothing about another failure', () =>
    expect(error(500, { error: { message: 'crashed' } })).not.toHaveProperty('retryAfterMs'));
});
