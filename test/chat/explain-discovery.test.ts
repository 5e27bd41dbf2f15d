import { describe, expect, it } from 'vitest';
import { describeServer, explainNothing } from '../../src/chat/explain-discovery.ts';
import type { FoundServer } from '../../src/llm/discovery.ts';
import type { LlmError } from '../../src/llm/llm-error.ts';
import { findVendor } from '../../src/providers/vendors.ts';

const error = (code: LlmError['code'], message = '', more: Partial<LlmError> = {}): LlmError => ({
  code,
  message,
  retryable: false,
  ...more,
});

describe('why nobody was found', () => {
  it.each<[LlmError, RegExp]>([
    [error('connection-refused'), /Nothing listens at box:8080\..*port/],
    [error('host-not-found'), /no host "box".*spelling/],
    [error('tls', 'write EPROTO: wrong version number'), /box:8080 does not speak TLS.*http:/],
    [error('tls', 'self-signed. The certificate was issued by ACME.'), /not trusted.*issued by ACME.*caFile/],
    [error('connect-timeout'), /firewall or proxy/],
    [error('first-token-timeout'), /firewall or proxy/],
    [error('connection-lost'), /hung up/],
    [error('not-found'), /not at this path.*\/v1/],
    [error('not-an-api', 'A web page came back: "Login"'), /no model server.*Login/],
    [error('authentication', '', { status: 407 }), /proxy before box.*http\.proxy/],
    [error('authentication', '', { status: 401 }), /refuses the key, or wants one/],
    [error('loading'), /box:8080 is there and still loads/],
    [error('overloaded'), /box:8080 is overloaded/],
  ])('%o', (failure, words) => {
    expect(explainNothing(failure, 'https://box:8080/v1')).toMatch(words);
  });

  it.each([
    ['http://127.0.0.1:11434', /Nothing listens at 127\.0\.0\.1:11434\..*started by: ollama serve$/],
    ['http://192.168.1.5:11434', /Nothing listens.*Others reach it after: OLLAMA_HOST=0\.0\.0\.0 ollama serve$/],
  ])('who is meant to be at %s knows how it is started', (address, words) => {
    expect(explainNothing(error('connection-refused'), address, findVendor('ollama'))).toMatch(words);
  });

  it('an address that is none is shown as it was typed', () => {
    expect(explainNothing(error('not-an-api', 'This is no http(s) address.'), 'my box')).toContain('my box');
  });
});

describe('what was found', () => {
  const vendor = findVendor('vllm');
  if (!vendor) throw new Error('the row is gone');
  const server: FoundServer = { kind: 'server', vendor, baseUrl: 'http://box:8000/v1', models: [] };
  it.each<[Partial<FoundServer>, string]>([
    [{}, 'no models yet'],
    [{ models: [{ id: 'a', facts: {} }] }, '1 model: a'],
    [
      { models: ['a', 'b', 'c', 'd'].map((id, at) => ({ id, facts: { contextWindow: 1000 * (at + 1) } })) },
      '4 models, up to 4,000 tokens: a, b, c, …',
    ],
    [{ problem: error('not-found') }, 'It has no list: name its models yourself, as provider/model'],
    [{ problem: error('authentication', '', { status: 401 }) }, 'box:8000 refuses the key, or wants one.'],
  ])('%o', (change, words) => {
    expect(describeServer({ ...server, ...change })).toBe(words);
  });
});
