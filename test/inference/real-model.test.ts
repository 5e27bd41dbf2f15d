import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyModelFile } from '../../scripts/setup/tiny-model.ts';
import { createInference, type Inference } from '../../src/inference/create-inference.ts';
import { readGgufHeader } from '../../src/inference/gguf-header.ts';
import { weights } from '../../src/inference/weights.ts';
import { type Message, textOf } from '../../src/llm/message.ts';
import type { Request } from '../../src/llm/request.ts';
import type { EndEvent, StreamEvent } from '../../src/llm/stream-event.ts';
import { embeddedModel } from '../support/embedded-model.ts';
import { buildInferenceBundle, runtimePackage } from '../support/inference-bundle.ts';

const isThere = existsSync(tinyModelFile);
if (!isThere) console.warn(`No real chat is held: ${tinyModelFile} is not there. npm start prepares it.`);

const model = embeddedModel('smollm2-135m-instruct', { contextWindow: 8192 });
let folder: string;
let inference: Inference;

describe.skipIf(!isThere)('SmolLM2, a real model', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tutti-real-'));
    await mkdir(join(folder, 'models'));
    await copyFile(tinyModelFile, join(folder, 'models/SmolLM2-135M-Instruct.Q4_1.gguf'));
    inference = createInference({
      storageFolder: folder,
      mainPath: await buildInferenceBundle(join(folder, 'bundle')),
      runtimePackage,
      threads: 1,
      display: { confirm: async () => false, show: () => Promise.reject(new Error('unused')) },
    });
  });
  afterAll(async () => {
    inference[Symbol.dispose]();
    await rm(folder, { recursive: true });
  });

  it('is as its row in the list says', async () => {
    const row = weights.find(({ id }) => id === model.id);
    expect(await readGgufHeader(tinyModelFile)).toMatchObject({
      fileBytes: row?.bytes,
      trainedContext: 8192,
      cacheBytesPerToken: row?.cacheBytesPerToken,
      infill: false,
    });
  });

  it('is known to be cut off when its last byte is missing', async () => {
    const path = join(folder, 'cut.gguf');
    await copyFile(tinyModelFile, path);
    await truncate(path, (await stat(path)).size - 1);
    await expect(readGgufHeader(path)).rejects.toThrow(/cut off/);
  });

  it('answers a question, and one that needs the answer before', async () => {
    const question = user('What is the capital of France?');
    const first = await endOf([question]);
    expect(textOf(first.message)).toMatch(/Paris/);
    expect(first.usage).toMatchObject({ cached: 0 });
    const second = await endOf([question, first.message, user('In which country is that city?')]);
    expect(textOf(second.message)).toMatch(/France/);
    // The first turn is still in memory.
    expect(second.usage?.cached).toBeGreaterThan(10);
  });

  it('stops while it is still reading a long question', async () => {
    const abort = new AbortController();
    const seen: StreamEvent[] = [];
    setTimeout(() => abort.abort(), 200);
    const request = chat([user('A long story. '.repeat(1000))]);
    for await (const event of inference.stream(model, request, abort.signal)) seen.push(event);
    expect(seen.at(-1)).toMatchObject({ type: 'end', finish: 'aborted', message: { content: [] } });
    expect(textOf((await endOf([user('What is the capital of France?')])).message)).toMatch(/Paris/);
  });

  it('cannot fill holes, and says so', async () => {
    const request: Request = {
      kind: 'completion',
      prompt: { type: 'infill', prefix: 'a', suffix: 'b', extra: [] },
      parameters: {},
    };
    expect((await endOfRequest(request)).error).toMatchObject({ code: 'unsupported' });
  });
});

function user(text: string): Message {
  return { role: 'user', content: [{ type: 'text', text }] };
}

function chat(messages: readonly Message[]): Request {
  return { kind: 'chat', messages, parameters: { temperature: 0, maxOutputTokens: 60 } };
}

async function endOf(messages: readonly Message[]): Promise<EndEvent> {
  return await endOfRequest(chat(messages));
}

async function endOfRequest(request: Request): Promise<EndEvent> {
  for await (const event of inference.stream(model, request, new AbortController().signal)) {
    if (event.type === 'end') return event;
  }
  throw new Error('The stream does not end with its end event.');
}
