import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInference, type Inference } from '../../src/inference/create-inference.ts';
import type { DownloadDisplay, DownloadItem } from '../../src/inference/preparation.ts';
import manifest from '../../src/inference/runtime-files.json' with { type: 'json' };
import type { Weights } from '../../src/inference/weights.ts';
import { textOf } from '../../src/llm/message.ts';
import type { Request } from '../../src/llm/request.ts';
import type { EndEvent } from '../../src/llm/stream-event.ts';
import { embeddedModel } from '../support/embedded-model.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';
import { buildInferenceBundle, runtimePackage } from '../support/inference-bundle.ts';
import { helloReply, scriptedModel } from '../support/make-gguf.ts';

const weightsBytes = scriptedModel();
const tiny: Weights = {
  id: 'tiny',
  name: 'Tiny',
  purpose: 'for this test',
  repository: 'someone/Tiny-GGUF',
  revision: '0123456789abcdef0123456789abcdef01234567',
  file: 'tiny.gguf',
  bytes: weightsBytes.length,
  sha256: createHash('sha256').update(weightsBytes).digest('hex'),
  license: 'MIT',
  fim: 'infill',
  contextTokens: 2048,
  cacheBytesPerToken: 1280,
};
const platform = `${process.platform}-${process.arch}`;
const compiled = Object.entries(manifest.platforms).find(([name]) => name === platform)?.[1];
const compiledBytes = compiled?.files.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;

const chat: Request = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  parameters: { temperature: 0 },
};

let bundle: string;
let storageFolder: string;
let server: TestServer;
let inference: Inference;
/** Takes the place of what the server sends of the weights. */
let sendWeights: (response: ServerResponse) => void;

beforeAll(async () => {
  bundle = await mkdtemp(join(tmpdir(), 'tutti-bundle-'));
});
afterAll(() => rm(bundle, { recursive: true }));

beforeEach(async () => {
  storageFolder = await mkdtemp(join(tmpdir(), 'tutti-first-use-'));
  sendWeights = (response) => response.end(weightsBytes);
  server = await startHttpServer(async ({ path }, response) => {
    const runtimeFile = /^\/npm\/@node-llama-cpp\/[^@/]+@[^/]+\/(.+)$/.exec(path)?.[1];
    if (runtimeFile) response.end(await readFile(join(runtimePackage, runtimeFile)));
    else if (path === `/hub/${tiny.repository}/resolve/${tiny.revision}/tiny.gguf`) sendWeights(response);
    else response.writeHead(404).end();
  });
});
afterEach(async () => {
  inference[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
  await rm(storageFolder, { recursive: true });
});

async function start(display: Partial<DownloadDisplay> = {}): Promise<DownloadItem[]> {
  const asked: DownloadItem[] = [];
  inference = createInference({
    storageFolder,
    // A copy in a folder of its own: nothing of this repository is near it.
    mainPath: existsSync(join(bundle, 'main.js')) ? join(bundle, 'main.js') : await buildInferenceBundle(bundle),
    runtimeBaseUrl: `${server.url}/npm`,
    hubBaseUrl: `${server.url}/hub`,
    weights: [tiny],
    threads: 1,
    display: {
      confirm: async (item) => {
        asked.push(item);
        return true;
      },
      show: (_, work) => work(() => undefined, new AbortController().signal),
      ...display,
    },
  });
  return asked;
}

async function endOf(request: Request, signal = new AbortController().signal): Promise<EndEvent> {
  for await (const event of inference.stream(embeddedModel('tiny'), request, signal)) {
    if (event.type === 'end') return event;
  }
  throw new Error('The stream does not end with its end event.');
}

describe.skipIf(compiled === undefined)('the first use of the model inside', () => {
  it('asks once, fetches llama.cpp and the model, and answers; the second time it just answers', async () => {
    const shown: number[] = [];
    const asked = await start({ show: (_, work) => work((bytes) => shown.push(bytes), new AbortController().signal) });
    expect(textOf((await endOf(chat)).message)).toBe(helloReply);
    expect(asked).toEqual([{ name: 'Tiny', bytes: compiledBytes + weightsBytes.length, license: 'MIT' }]);
    expect(shown.at(-1)).toBe(compiledBytes + weightsBytes.length);
    expect(shown).toEqual(shown.toSorted((one, other) => one - other));
    const requests = server.seen.length;
    expect(textOf((await endOf(chat)).message)).toBe(helloReply);
    expect(server.seen.length).toBe(requests);
    expect(await readdir(join(storageFolder, 'models'))).toEqual(['tiny.gguf']);
  });

  it('fetches nothing when the user says no', async () => {
    await start({ confirm: async () => false });
    expect((await endOf(chat)).error).toMatchObject({ code: 'no-model', message: 'Tiny has not been fetched.' });
    expect(server.seen).toEqual([]);
  });

  it('never asks for the sake of a completion', async () => {
    const asked = await start();
    const end = await endOf({ kind: 'completion', prompt: { type: 'raw', text: 'x' }, parameters: {} });
    expect(end.error).toMatchObject({ code: 'no-model', message: 'Tiny has not been fetched yet.' });
    expect([asked, server.seen]).toEqual([[], []]);
  });

  it('fetches once for two who ask at the same time', async () => {
    const asked = await start();
    const ends = await Promise.all([endOf(chat), endOf(chat)]);
    expect(ends.map(({ message }) => textOf(message))).toEqual([helloReply, helloReply]);
    expect(asked.length).toBe(1);
    expect(server.seen.filter(({ path }) => path.startsWith('/hub/')).length).toBe(1);
  });

  it('can be cancelled, and goes on from there the next time', async () => {
    const cancel = new AbortController();
    const half = Math.floor(weightsBytes.length / 2);
    sendWeights = (response) => {
      response.writeHead(200, { 'content-length': weightsBytes.length });
      response.write(weightsBytes.subarray(0, half));
    };
    await start({
      show: (_, work) => work((bytes) => bytes === compiledBytes + half && cancel.abort(), cancel.signal),
    });
    expect((await endOf(chat)).error?.message).toMatch(/cancelled; it goes on from there/);
    expect(await readdir(join(storageFolder, 'models'))).toEqual(['tiny.gguf.part']);
    sendWeights = (response) => response.writeHead(206).end(weightsBytes.subarray(half));
    const asked = await start();
    expect(textOf((await endOf(chat)).message)).toBe(helloReply);
    expect(asked).toEqual([{ name: 'Tiny', bytes: weightsBytes.length, license: 'MIT' }]);
    expect(server.seen.at(-1)?.headers.range).toBe(`bytes=${half}-`);
  });

  it('can be stopped like any reply while it is being fetched', async () => {
    sendWeights = (response) => {
      response.writeHead(200, { 'content-length': weightsBytes.length }).flushHeaders();
    };
    const cancel = new AbortController();
    const stop = new AbortController();
    await start({ show: (_, work) => work((bytes) => bytes === compiledBytes && stop.abort(), cancel.signal) });
    expect((await endOf(chat, stop.signal)).finish).toBe('aborted');
    cancel.abort();
  });

  it('tells why the model cannot be had', async () => {
    sendWeights = (response) => response.writeHead(404).end();
    await start();
    const { error } = await endOf(chat);
    expect(error?.code).toBe('no-model');
    expect(error?.message).toMatch(/tiny\.gguf could not be fetched: the server answers 404/);
  });

  it('can be prepared beforehand', async () => {
    const asked = await start();
    expect((await inference.listModels())[0]).toMatchObject({ id: 'tiny', present: false });
    expect(await inference.ensureModel('tiny', () => undefined, new AbortController().signal)).toBe('complete');
    expect((await inference.listModels())[0]).toMatchObject({ id: 'tiny', present: true });
    expect(textOf((await endOf(chat)).message)).toBe(helloReply);
    expect(asked).toEqual([]);
  });
});
