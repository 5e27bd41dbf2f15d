import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInference, type Inference } from '../../src/inference/create-inference.ts';
import { textOf } from '../../src/llm/message.ts';
import type { Model } from '../../src/llm/model.ts';
import type { CompletionRequest, Parameters, Request } from '../../src/llm/request.ts';
import type { EndEvent, StreamEvent } from '../../src/llm/stream-event.ts';
import { embeddedModel } from '../support/embedded-model.ts';
import { buildInferenceBundle, runtimePackage } from '../support/inference-bundle.ts';
import { addInfill, helloReply, scriptedModel } from '../support/make-gguf.ts';

let folder: string;
let mainPath: string;
let inference: Inference;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-inference-'));
  mainPath = await buildInferenceBundle(join(folder, 'bundle'));
  await mkdir(join(folder, 'models'));
  const write = (name: string, bytes: Buffer) => writeFile(join(folder, 'models', name), bytes);
  const script = { reply: ['Once ', 'upon ', 'a time '], infill: ['x'] };
  await write('hello.gguf', scriptedModel());
  await write('tale.gguf', scriptedModel(script));
  await write('endless.gguf', scriptedModel({ ...script, endless: true }));
  await write('truncated.gguf', scriptedModel().subarray(0, -100));
  await write('corrupt.gguf', Buffer.alloc(1000, 'corrupt'));
  await write('unknown-kind.gguf', Buffer.from(scriptedModel().toString('latin1').replace('llama', 'lloma'), 'latin1'));
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  inference = createInference({
    storageFolder: folder,
    mainPath,
    runtimePackage,
    threads: 1,
    display: {
      confirm: () => Promise.reject(new Error('Nothing has to be fetched in these tests.')),
      show: () => Promise.reject(new Error('Nothing has to be fetched in these tests.')),
    },
  });
});
afterEach(() => inference[Symbol.dispose]());

function chat(text: string, parameters: Parameters = { temperature: 0 }): Request {
  return { kind: 'chat', messages: [{ role: 'user', content: [{ type: 'text', text }] }], parameters };
}

function completion(prompt: CompletionRequest['prompt'], parameters: Parameters = {}): Request {
  return { kind: 'completion', prompt, parameters };
}

const hole = (prefix: string, suffix: string): CompletionRequest['prompt'] => ({
  type: 'infill',
  prefix,
  suffix,
  extra: [],
});

/** All events; checks that the last one, and no other, ends the stream and carries what was streamed. */
async function eventsOf(model: Model, request: Request, signal = new AbortController().signal): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of inference.stream(model, request, signal)) events.push(event);
  expect(events.filter(({ type }) => type === 'end').length).toBe(1);
  expect(textOf(endOf(events).message)).toBe(events.map((event) => (event.type === 'text' ? event.text : '')).join(''));
  return events;
}

function endOf(events: readonly StreamEvent[]): EndEvent {
  const last = events.at(-1);
  if (last?.type !== 'end') throw new Error('The stream does not end with its end event.');
  return last;
}

async function endAfter(id: string, request: Request): Promise<EndEvent> {
  return endOf(await eventsOf(embeddedModel(id), request));
}

describe('the model inside, with a real llama.cpp', () => {
  it('chats: says that it loads, streams in pieces, counts tokens', async () => {
    const events = await eventsOf(embeddedModel('hello.gguf'), chat('Hi'));
    expect(events[0]).toEqual({ type: 'notice', notice: { kind: 'loading-model', model: 'embedded/hello.gguf' } });
    expect(events.filter(({ type }) => type === 'text').length).toBeGreaterThan(1);
    const end = endOf(events);
    expect(textOf(end.message)).toBe(helloReply);
    // "<|im_start|>user⏎Hi<|im_end|>⏎<|im_start|>assistant⏎" after a token that begins every text: one token a byte
    // but for the special ones.
    expect(end).toMatchObject({ finish: 'stop', rawFinish: 'eogToken', usage: { input: 22, cached: 0, output: 5 } });
    expect(end.error).toBeUndefined();
  });

  it('does not load again for the next request, and knows what is still in memory', async () => {
    await endAfter('hello.gguf', chat('Hi'));
    const events = await eventsOf(embeddedModel('hello.gguf'), chat('Hi'));
    expect(events.map(({ type }) => type)).not.toContain('notice');
    expect(endOf(events).usage).toEqual({ input: 22, cached: 21, output: 5 });
  });

  it('fills a hole', async () => {
    const end = await endAfter('hello.gguf', completion(hole('function add(a, b) {\n  ', '\n')));
    expect(textOf(end.message)).toBe(addInfill);
    expect(end).toMatchObject({ finish: 'stop', usage: { input: 27, output: 5 } });
  });

  it('fills a hole in a text far longer than its context', async () => {
    const end = await endAfter('hello.gguf', completion(hole('a'.repeat(50_000), 'z'.repeat(50_000))));
    expect(textOf(end.message)).toBe(addInfill);
    expect(end.usage?.input).toBeLessThan(4096);
  });

  it('continues a prompt with special tokens in it', async () => {
    const text = '<|fim_prefix|>a<|fim_suffix|>b<|fim_middle|>';
    const end = await endAfter('hello.gguf', completion({ type: 'raw', text }));
    expect(textOf(end.message)).toBe(addInfill);
    expect(end.usage?.input).toBe(5);
  });

  it.each<[string, Parameters, string, string]>([
    ['an output limit', { maxOutputTokens: 2 }, 'return a + b', 'length'],
    ['a stop text', { stop: [';'] }, 'return a + b', 'stop'],
  ])('keeps to %s', async (_, parameters, text, finish) => {
    const end = await endAfter('hello.gguf', completion(hole('x', 'y'), parameters));
    expect([textOf(end.message), end.finish]).toEqual([text, finish]);
  });

  it('stops at once when aborted, with what it has said so far', async () => {
    const abort = new AbortController();
    const seen: StreamEvent[] = [];
    for await (const event of inference.stream(embeddedModel('endless.gguf'), chat('Tell me'), abort.signal)) {
      seen.push(event);
      if (event.type === 'text') abort.abort();
    }
    const end = endOf(seen);
    expect(end.finish).toBe('aborted');
    expect(textOf(end.message)).toMatch(/^Once/);
    // The process lives on and answers the next one.
    expect(textOf((await endAfter('endless.gguf', completion(hole('', '')))).message)).toBe('x');
  });

  it('does not begin when aborted beforehand', async () => {
    const events = await eventsOf(embeddedModel('hello.gguf'), chat('Hi'), AbortSignal.abort());
    expect(endOf(events)).toMatchObject({ finish: 'aborted', message: { content: [] } });
  });

  it('stops when nobody reads on, and answers the next one', async () => {
    for await (const event of inference.stream(
      embeddedModel('endless.gguf'),
      chat('Tell me'),
      new AbortController().signal,
    )) {
      if (event.type === 'text') break;
    }
    expect((await endAfter('endless.gguf', chat('Tell me', { maxOutputTokens: 3, temperature: 0 }))).finish).toBe(
      'length',
    );
  });

  it('completes while it chats: neither waits for the other', async () => {
    const abort = new AbortController();
    const talk = inference.stream(embeddedModel('endless.gguf'), chat('Tell me'), abort.signal)[Symbol.asyncIterator]();
    while ((await talk.next()).value?.type !== 'text');
    expect(textOf((await endAfter('endless.gguf', completion(hole('', '')))).message)).toBe('x');
    abort.abort();
    let last = await talk.next();
    while (!last.done && last.value.type !== 'end') last = await talk.next();
    expect(last.value).toMatchObject({ finish: 'aborted' });
    await talk.return?.();
  });

  it('reads only what was typed since the last completion, whatever follows the cursor', async () => {
    const suffix = `\n${'const after = 1;\n'.repeat(20)}`;
    const before = 'const before = 0;\n'.repeat(40);
    const first = await endAfter('hello.gguf', completion(hole(before, suffix), { maxOutputTokens: 2 }));
    expect(first.usage?.cached).toBe(0);
    for (const typed of ['f', 'fu', 'fun', 'fu', 'full']) {
      const { usage } = await endAfter('hello.gguf', completion(hole(before + typed, suffix), { maxOutputTokens: 2 }));
      expect(usage?.input).toBe((first.usage?.input ?? 0) + typed.length);
      expect((usage?.input ?? 0) - (usage?.cached ?? 0)).toBeLessThanOrEqual(4);
    }
    const elsewhere = await endAfter('hello.gguf', completion(hole(before, `x${suffix}`), { maxOutputTokens: 2 }));
    expect(elsewhere.usage?.input).toBe((first.usage?.input ?? 0) + 1);
  });

  it('keeps two conversations in memory', async () => {
    const texts = ['This is the first conversation of two. ', 'A second one, about something else. '];
    for (const text of texts)
      expect((await endAfter('hello.gguf', chat(text.repeat(9)))).usage?.cached).toBeLessThan(20);
    for (const text of texts) {
      const { usage } = await endAfter('hello.gguf', chat(text.repeat(9)));
      expect((usage?.input ?? 0) - (usage?.cached ?? 0)).toBe(1);
    }
  });

  it('keeps two models in memory, and no third', async () => {
    await endAfter('hello.gguf', chat('Hi'));
    await endAfter('tale.gguf', chat('Hi'));
    expect(inference.pids.length).toBe(2);
    expect((await eventsOf(embeddedModel('hello.gguf'), chat('Hi')))[0]?.type).toBe('text');
    expect(textOf((await endAfter('endless.gguf', completion(hole('', '')))).message)).toBe('x');
    expect(inference.pids.length).toBe(2);
  });

  it('tells a crash, keeps the text before it, and starts anew for the next request', async () => {
    const seen: StreamEvent[] = [];
    for await (const event of inference.stream(
      embeddedModel('endless.gguf'),
      chat('Tell me'),
      new AbortController().signal,
    )) {
      seen.push(event);
      if (seen.filter(({ type }) => type === 'text').length === 3) {
        for (const pid of inference.pids) process.kill(pid, 'SIGKILL');
      }
    }
    const end = endOf(seen);
    expect(end).toMatchObject({
      finish: 'error',
      error: { code: 'model-crashed', retryable: true, message: expect.stringContaining('SIGKILL') },
    });
    expect(textOf(end.message)).toMatch(/^Once upon/);
    expect(inference.pids).toEqual([]);
    expect(textOf((await endAfter('endless.gguf', completion(hole('', '')))).message)).toBe('x');
  });

  it('says that a conversation is longer than its context', async () => {
    const end = await endAfter('hello.gguf', chat('word '.repeat(2000)));
    expect(end).toMatchObject({
      finish: 'error',
      error: { code: 'context-overflow', message: expect.stringMatching(/takes 10\d+ tokens; the model can see 4096/) },
    });
    expect(textOf((await endAfter('hello.gguf', chat('Hi'))).message)).toBe(helloReply);
  });

  it('says that a raw prompt is longer than its context', async () => {
    const end = await endAfter('hello.gguf', completion({ type: 'raw', text: 'word '.repeat(2000) }));
    expect(end.error).toMatchObject({ code: 'context-overflow', retryable: false });
  });

  it('ends a reply that fills the context with "length"', async () => {
    const end = endOf(await eventsOf(embeddedModel('endless.gguf', { contextWindow: 512 }), chat('Tell me')));
    expect(end.finish).toBe('length');
    expect(end.usage?.output).toBeGreaterThan(400);
  });

  it.each<[string, RegExp]>([
    ['truncated.gguf', /truncated\.gguf: it is cut off: \d+ bytes are needed/],
    ['corrupt.gguf', /corrupt\.gguf: this is not a GGUF file/],
    ['unknown-kind.gguf', /unknown-kind\.gguf: .*lloma/],
  ])('says what is wrong with %s', async (id, message) => {
    const end = await endAfter(id, chat('Hi'));
    expect(end).toMatchObject({ finish: 'error', error: { code: 'model-file', retryable: false } });
    expect(end.error?.message).toMatch(message);
    expect(inference.pids).toEqual([]);
  });

  it('says that there is no such model', async () => {
    expect((await endAfter('nothing', chat('Hi'))).error).toMatchObject({ code: 'no-model' });
  });

  it('leaves memory when nobody asks for a while', async () => {
    inference[Symbol.dispose]();
    const display = { confirm: () => Promise.resolve(false), show: () => Promise.reject(new Error('unused')) };
    inference = createInference({ storageFolder: folder, mainPath, runtimePackage, threads: 1, display, idleMs: 1 });
    await endAfter('hello.gguf', chat('Hi'));
    await expect.poll(() => inference.pids).toEqual([]);
    expect(textOf((await endAfter('hello.gguf', chat('Hi'))).message)).toBe(helloReply);
  });

  it('is gone after dispose', async () => {
    await endAfter('hello.gguf', chat('Hi'));
    const [pid = 0] = inference.pids;
    inference[Symbol.dispose]();
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
