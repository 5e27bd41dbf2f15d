import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CompletionEngine } from '../../src/completion/engine.ts';
import type { Model } from '../../src/llm/model.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { delay } from '../../src/util/delay.ts';
import { parseJson } from '../../src/util/json.ts';
import { type Answer, sseData, startHttpServer, type TestServer } from '../support/http-server.ts';
import { DrawnDocument } from './drawn.ts';
import { infillModel } from './scripted-models.ts';

let server: TestServer;
let answer: Answer;
const providers = openProviders();

beforeEach(async () => {
  server = await startHttpServer((request, response) => answer(request, response));
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
});
afterAll(() => providers.close());

function engineOf(changed: Partial<Model>): CompletionEngine {
  const endpoint = {
    ...infillModel.endpoint,
    baseUrl: `${server.url}/v1`,
    timeouts: { connectMs: 2000, firstTokenMs: 5000, idleMs: 5000 },
  };
  const model: Model = { ...infillModel, endpoint, ...changed };
  return new CompletionEngine({
    models: {
      resolve: async () => ({ model }),
      stream: (to, request, signal) => {
        const name = request.kind === 'chat' ? to.chat : to.completion;
        if (name === undefined || name === 'embedded' || name === 'vscode-lm') throw new Error(`${name} is no wire`);
        return providers.stream(name)(to, request, signal);
      },
    },
    preferences: () => ({
      enabled: true,
      trigger: 'automatic',
      delayMs: 0,
      maxLines: 20,
      ahead: 'never',
      streaming: false,
    }),
    hiddenBecause: async () => undefined,
    wordError: ({ message }) => `${message} Do this next.`,
    clock: { now: () => performance.now(), sleep: delay },
  });
}

const stream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });
const body = (): unknown => parseJson(server.seen.at(-1)?.body ?? '');
const never = new AbortController().signal;

describe('through real wires', () => {
  const drawn = 'const sum = |;\n';
  const shown = async (changed: Partial<Model>): Promise<string | undefined> => {
    const document = new DrawnDocument(drawn);
    return (await engineOf(changed).provide(document, document.query(), never))?.text;
  };

  it('/v1/completions with a suffix', async () => {
    answer = (_request, response) => {
      stream(response).end(sseData({ choices: [{ text: 'a + b', finish_reason: 'stop' }] }) + sseData('[DONE]'));
    };
    expect(await shown({})).toBe('a + b');
    expect(server.seen.at(-1)?.path).toBe('/v1/completions');
    expect(body()).toMatchObject({ prompt: 'const sum = ', suffix: ';\n', stream: true });
  });

  it('/infill of llama.cpp', async () => {
    answer = (_request, response) => {
      stream(response).end(sseData({ content: 'a + b' }) + sseData({ content: '', stop: true, stop_type: 'eos' }));
    };
    expect(await shown({ completion: 'llamacpp-infill' })).toBe('a + b');
    expect(server.seen.at(-1)?.path).toBe('/infill');
    expect(body()).toMatchObject({ input_prefix: 'const sum = ', input_suffix: ';\n', input_extra: [] });
  });

  it('the family’s own prompt', async () => {
    answer = (_request, response) => {
      const [head, tail] = ['a + b<|endo', 'ftext|>const c'].map((text) => sseData({ choices: [{ text }] }));
      stream(response).end(`${head}${tail}${sseData('[DONE]')}`);
    };
    expect(await shown({ facts: { fim: 'qwen' } })).toBe('a + b');
    expect(body()).toMatchObject({ prompt: '<|fim_prefix|>const sum = <|fim_suffix|>;\n<|fim_middle|>' });
  });

  it('a chat', async () => {
    answer = (_request, response) => {
      const content = ['Sure: <compl', 'etion>a + b</completion>'].map((text) =>
        sseData({ choices: [{ delta: { content: text } }] }),
      );
      stream(response).end(`${content.join('')}${sseData('[DONE]')}`);
    };
    expect(await shown({ facts: { fim: 'chat' } })).toBe('a + b');
    expect(server.seen.at(-1)?.path).toBe('/v1/chat/completions');
  });

  it('an error has its words', async () => {
    answer = (_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"Wrong key, sorry."}}');
    };
    const engine = engineOf({});
    const document = new DrawnDocument(drawn);
    expect(await engine.provide(document, document.query(), never)).toBeUndefined();
    expect(engine.explain()).toContain('Wrong key, sorry.');
    expect(engine.state).toMatchObject({
      state: 'error',
      lastError: expect.stringMatching(/Wrong key.*Do this next\./),
    });
  });
});

describe('the server sees the connection close', () => {
  const begin: Answer = (_request, response) => {
    stream(response).write(sseData({ choices: [{ text: 'first' }] }));
  };
  const closed = () => expect.poll(() => server.seen[0]?.abortedAt, { timeout: 5000 }).toBeDefined();

  it('when the call is cancelled', async () => {
    answer = begin;
    const engine = engineOf({});
    const document = new DrawnDocument('const sum = |;\n');
    const call = new AbortController();
    const asking = engine.provide(document, document.query(), call.signal);
    await expect.poll(() => engine.state.state).toBe('waiting');
    await expect.poll(() => server.seen.length).toBe(1);
    call.abort();
    expect(await asking).toBeUndefined();
    await closed();
  });

  it('when a key contradicts what has come', async () => {
    answer = begin;
    const engine = engineOf({});
    const document = new DrawnDocument('const sum = |;\n');
    const call = new AbortController();
    const asking = engine.provide(document, document.query(), call.signal);
    await expect.poll(() => server.seen.length).toBe(1);
    // Until the first text has arrived there is nothing to contradict.
    await delay(50, never);
    engine.documentChanged(document.uri, document.type('x'));
    await closed();
    call.abort();
    expect(await asking).toBeUndefined();
  });

  it('when the block closes, though the model would go on', async () => {
    answer = (_request, response) => {
      stream(response).write(sseData({ choices: [{ text: 'return 1;\n}\n\nfunction next' }] }));
    };
    const engine = engineOf({});
    const document = new DrawnDocument('function f() {\n  |\n\n');
    expect(await engine.provide(document, document.query(), never)).toMatchObject({ text: 'return 1;\n}' });
    await closed();
  });
});
