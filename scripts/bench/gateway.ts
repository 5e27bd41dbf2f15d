import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Gateway } from '../../src/gateway/gateway.ts';
import { ModelDirectory } from '../../src/gateway/model-directory.ts';
import type { GatewayPorts } from '../../src/gateway/ports.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import type { StreamEvent } from '../../src/llm/stream-event.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { databaseAt } from '../../src/store/database.ts';
import { Lessons } from '../../src/store/lessons.ts';
import { ModelLists } from '../../src/store/model-lists.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { median, printFigure } from './figure.ts';

/** What the gateway adds to a request, ledger on disk included, beside the wire asked directly. */

const rounds = 600;
const warmUp = 100;
const limitMs = 1;

const request: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'What does this function do?\n'.repeat(100) }] }],
  parameters: {},
};

/** In a thread of its own: short replies, so that nearly all of the time is what surrounds them. */
function serve(): void {
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const body = `${chunk({ content: 'It adds.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`;
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(body);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
}

async function main(): Promise<void> {
  const worker = new Worker(new URL(import.meta.url));
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'tutti-bench-'));
  const open = databaseAt(join(folder, 'tutti.db'));
  const providers = openProviders();
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const entry = { vendor: 'openai-compatible', baseUrl };
  const ports: GatewayPorts = {
    settings: {
      providers: () => ({ bench: entry, other: entry }),
      roles: () => ({ chat: 'bench/model', edit: ['bench/model', 'other/model', 'bench/third'] }),
      models: () => ({}),
    },
    keys: { find: async () => ({ kind: 'key', key: 'secret' }) },
    vendors: async () => providers.vendors,
    protocol: async (name) => {
      if (name !== 'openai-chat') throw new Error(`The bench has no ${name}.`);
      return providers.stream(name);
    },
    listModels: async () => ({ models: [] }),
    runningContext: async () => undefined,
    catalog: async () => new Map(),
    bearer: async () => undefined,
    embeddedModel: async () => undefined,
    environment: () => undefined,
    readFile: async () => '',
    report: (problem) => {
      throw new Error(problem);
    },
  };
  const directory = new ModelDirectory(ports, new ModelLists(open));
  const gateway = new Gateway(ports, directory, new UsageLedger(open), new Lessons(open));
  const resolution = await gateway.resolve('chat');
  if (resolution.kind !== 'model') throw new Error(resolution.error.message);
  const { model } = resolution;
  const wire = providers.stream('openai-chat');
  const signal = new AbortController().signal;
  const [direct, one, chain] = await compare([
    () => wire(model, request, signal),
    () => gateway.stream({ role: 'chat', request }, signal),
    () => gateway.stream({ role: 'edit', request }, signal),
  ]);
  const figure = { unit: 'ms', without: direct ?? 0, limit: limitMs };
  printFigure({ ...figure, what: 'a request through the gateway, p50', tutti: one ?? 0 });
  printFigure({ ...figure, what: 'a request through the gateway with a chain of three, p50', tutti: chain ?? 0 });
  providers.close();
  open[Symbol.dispose]();
  await rm(folder, { recursive: true, force: true });
  await worker.terminate();
}

/** Medians, all taking turns so that they see the same machine. */
async function compare(ways: readonly (() => AsyncIterable<StreamEvent>)[]): Promise<readonly number[]> {
  const times = ways.map((): number[] => []);
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const [nth, way] of ways.entries()) {
      const start = performance.now();
      let text = '';
      for await (const event of way()) if (event.type === 'text') text += event.text;
      if (text !== 'It adds.') throw new Error(`the reply is "${text}"`);
      if (round >= warmUp) times[nth]?.push(performance.now() - start);
    }
  }
  return times.map(median);
}

if (isMainThread) await main();
else serve();
