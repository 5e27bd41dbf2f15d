import { describe, expect, it } from 'vitest';
import { wordError } from '../../src/chat/wording.ts';
import type { Role } from '../../src/gateway/roles.ts';
import { textOf } from '../../src/llm/message.ts';
import type { ModelRef } from '../../src/llm/model-ref.ts';
import type { Request } from '../../src/llm/request.ts';
import { gatewayHouse, type House } from '../support/gateway-house.ts';
import { startHttpServer } from '../support/http-server.ts';
import { startOllama } from '../support/ollama-server.ts';

const never = new AbortController().signal;
const model: ModelRef = 'ollama/coder:1.5b';

const said = (text: string) => ({ role: 'user', content: [{ type: 'text', text }] }) as const;
const answered = {
  role: 'assistant',
  content: [{ type: 'text', text: 'Go on.' }],
  model,
  protocol: 'ollama-chat',
} as const;

const question = (...earlier: readonly string[]): Request => ({
  kind: 'chat',
  messages: [...earlier.flatMap((text) => [said(text), answered]), said('Hello')],
  parameters: {},
});
const hole: Request = {
  kind: 'completion',
  prompt: { type: 'infill', prefix: 'a = ', suffix: '\n', extra: [] },
  parameters: { maxOutputTokens: 50, stop: ['\n\n'] },
};
/** A chat longer than the smallest window a server may run a model with. */
const long = question(...Array.from({ length: 12 }, () => 'All work and no play. '.repeat(100)));

async function asked(house: House, role: Role, request: Request, ref = model) {
  let text = '';
  for await (const event of house.gateway.stream({ role, model: ref, request }, never)) {
    if (event.type !== 'end') continue;
    text = textOf(event.message);
    return { text, error: event.error };
  }
  throw new Error('no end');
}

/** All that Tutti asks of a model in a day's work, more than once. */
async function aDaysWork(house: House): Promise<void> {
  const roles: readonly Role[] = ['chat', 'edit', 'commit', 'utility'];
  for (const _ of [1, 2]) {
    for (const role of roles) expect((await asked(house, role, question())).error).toBeUndefined();
    expect((await asked(house, 'completion', hole)).text).toBe('fill');
    expect((await asked(house, 'chat', long)).text).toBe('Hello.');
    expect((await asked(house, 'completion', hole)).text).toBe('fill');
  }
}

const ollamaAt = (baseUrl: string, more: object = {}) => ({ ollama: { vendor: 'ollama', baseUrl, ...more } });

describe('an Ollama that chats and completes with one model', () => {
  it.each<[string, object, readonly string[]]>([
    ['as it is', {}, ['coder:1.5b 4096']],
    ['with the window the user gives it', { contextWindow: 16_384 }, ['coder:1.5b 16384']],
    ['with other settings of the user', { temperature: 0.2, maxOutputTokens: 200 }, ['coder:1.5b 4096']],
  ])('loads it once, %s', async (_, settings, loads) => {
    await using server = await startOllama({ models: ['coder:1.5b'] });
    using house = gatewayHouse({ providers: ollamaAt(server.url), roles: {}, models: { [model]: settings } });
    await aDaysWork(house);
    expect(server.loads).toEqual(loads);
    expect(new Set(server.keptAlive)).toEqual(new Set([undefined]));
  });

  it.each([['30m'], [-1]])('keeps it in memory as long as the user says: %s', async (keepAlive) => {
    await using server = await startOllama({ models: ['coder:1.5b'] });
    using house = gatewayHouse({ providers: ollamaAt(server.url, { keepAlive }), roles: {} });
    await aDaysWork(house);
    expect(new Set(server.keptAlive)).toEqual(new Set([keepAlive]));
    expect(server.loads).toHaveLength(1);
  });

  it('shows the window it really runs with, and what it could have while it does not run', async () => {
    await using server = await startOllama({ models: ['coder:1.5b'], context: 8192 });
    using house = gatewayHouse({ providers: ollamaAt(server.url), roles: {} });
    const window = async (): Promise<number | undefined> => {
      const [provider] = await house.directory.providers();
      if (provider) await house.directory.refresh(provider, never);
      const found = await house.directory.find(model);
      return 'code' in found ? undefined : found.facts.contextWindow;
    };
    expect(await window()).toBe(32_768);
    await asked(house, 'chat', question());
    expect(await window()).toBe(8192);
  });
});

describe('a server that was set up and is gone', () => {
  it('still shows its models, with the reason why they cannot be asked', async () => {
    const server = await startOllama({ models: ['coder:1.5b'] });
    using house = gatewayHouse({ providers: ollamaAt(server.url), roles: {} });
    const [provider] = await house.directory.providers();
    if (!provider) throw new Error('no provider');
    await house.directory.refresh(provider, never);
    await server[Symbol.asyncDispose]();
    const answer = await house.directory.refresh(provider, never);
    expect(answer).toMatchObject({ error: { code: 'connection-refused' } });
    expect(await house.directory.find(model)).toMatchObject({ id: 'coder:1.5b', facts: { fim: 'infill' } });
  });
});

describe('why a local model did not answer', () => {
  it.each<[string, number, unknown, object, RegExp]>([
    [
      'Ollama has not pulled it',
      404,
      { error: 'model "coder:1.5b" not found, try pulling it first' },
      { code: 'not-pulled' },
      /does not have ollama\/coder:1\.5b yet.*pull it.*Pull Model/is,
    ],
    [
      'Ollama has no memory for it',
      500,
      { error: 'model requires more system memory (5.6 GiB) than is available (3.1 GiB)' },
      { code: 'out-of-memory' },
      /does not fit into the memory.*smaller model/is,
    ],
    [
      'a graphics card has no memory for it',
      500,
      { error: 'llama runner process has terminated: cudaMalloc failed: out of memory' },
      { code: 'out-of-memory' },
      /does not fit/,
    ],
    [
      'LM Studio has no room for it',
      400,
      { error: { message: 'Failed to load model "x". Error: insufficient system resources' } },
      { code: 'out-of-memory' },
      /does not fit/,
    ],
    [
      'its path is that of another server',
      404,
      '404 page not found',
      { code: 'not-found' },
      /does not know.*base URL/is,
    ],
    ['a login page stands before it', 200, '<html><title>Login</title></html>', { code: 'not-an-api' }, /web page/],
    [
      'the version is older than the model',
      412,
      { error: 'pull model manifest: this model requires a newer version of Ollama' },
      { code: 'invalid-request', message: expect.stringContaining('newer version') },
      /newer version/,
    ],
  ])('%s', async (_, status, body, error, words) => {
    await using server = await startHttpServer((__, response) => {
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    using house = gatewayHouse({ providers: ollamaAt(server.url), roles: {} });
    const failure = (await asked(house, 'chat', question())).error;
    expect(failure).toMatchObject(error);
    if (!failure) throw new Error('no failure');
    const { cause, nextStep, action, details } = wordError(failure, model);
    expect([cause, nextStep, action?.label, details].join('\n')).toMatch(words);
  });

  it('llama.cpp that still loads its model is asked again until it has', async () => {
    let refusals = 1;
    await using server = await startHttpServer((_, response) => {
      if (refusals-- > 0) {
        response.writeHead(503);
        return void response.end('{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}');
      }
      response.setHeader('content-type', 'text/event-stream');
      response.end('data: {"choices":[{"delta":{"content":"Here."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
    });
    using house = gatewayHouse({ providers: { box: { vendor: 'llamacpp', baseUrl: server.url } }, roles: {} });
    const notices: string[] = [];
    for await (const event of house.gateway.stream({ role: 'chat', model: 'box/m', request: question() }, never)) {
      if (event.type === 'notice' && event.notice.kind === 'retrying') notices.push(event.notice.error.code);
      if (event.type === 'end') expect(textOf(event.message)).toBe('Here.');
    }
    expect(notices).toEqual(['loading']);
  });
});
