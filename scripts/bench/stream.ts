import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { Model } from '../../src/llm/model.ts';
import type { Request } from '../../src/llm/request.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { median, printFigure } from './figure.ts';

/** What 1.5 MB of a chat stream cost on their way from HTTP to events, beside a bare loop over the same bytes. */

const rounds = 30;
const wordCount = 5500;
const request: Request = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  parameters: {},
};

function recording(): Buffer {
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({
      id: '0f7c2a38-5d1e-4c61-a0f2-93c1b8f6c2aa',
      object: 'chat.completion.chunk',
      created: 1780000000,
      model: 'reasoner',
      system_fingerprint: 'fp_058df29938_prod',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    })}\n\n`;
  const words = Array.from({ length: wordCount }, (_, nth) =>
    chunk({ content: null, reasoning_content: ` word${nth}` }, null),
  );
  return Buffer.from(`${words.join('')}${chunk({ content: '' }, 'stop')}data: [DONE]\n\n`);
}

/** In a thread of its own, so that only the reading is timed. */
function serve(): void {
  const body = recording();
  const server = createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let at = 0; at < body.length; at += 16_384) response.write(body.subarray(at, at + 16_384));
    response.end();
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
}

async function bareLoop(url: string): Promise<number> {
  const response = await fetch(`${url}/chat/completions`, { method: 'POST', body: JSON.stringify(request) });
  const decoder = new TextDecoder();
  let rest = '';
  let events = 0;
  for await (const bytes of response.body ?? []) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const data = part.slice('data: '.length);
      if (data === '[DONE]') continue;
      JSON.parse(data);
      events++;
    }
  }
  return events;
}

async function main(): Promise<void> {
  const worker = new Worker(new URL(import.meta.url));
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const url = `http://127.0.0.1:${port}/v1`;
  const providers = openProviders();
  const stream = providers.stream('openai-chat');
  const model: Model = {
    ref: 'bench/model',
    id: 'model',
    endpoint: {
      provider: 'bench',
      vendor: 'openai-compatible',
      baseUrl: url,
      keyHeader: 'none',
      headers: {},
      timeouts: { connectMs: 5000, firstTokenMs: 5000, idleMs: 5000 },
      quirks: {},
      local: true,
    },
    facts: {},
  };
  const ours = async (): Promise<number> => {
    let words = 0;
    for await (const event of stream(model, request, new AbortController().signal)) {
      if (event.type === 'reasoning') words += event.text.split(' ').length - 1;
    }
    return words;
  };
  const [bareMs, oursMs] = await compare(() => bareLoop(url), ours);
  // Half as much again as fetch and JSON.parse need for the same bytes.
  const limit = Number((bareMs / 2).toFixed(1));
  printFigure({ what: 'a stream of 1.6 MB, from HTTP to events', unit: 'ms', tutti: oursMs, without: bareMs, limit });
  providers.close();
  await worker.terminate();
}

/** Medians, the two taking turns so that both see the same machine. */
async function compare(first: () => Promise<number>, second: () => Promise<number>): Promise<[number, number]> {
  const times = { first: [] as number[], second: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.first.push(await timed(first));
    times.second.push(await timed(second));
  }
  return [median(times.first), median(times.second)];
}

async function timed(work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  if ((await work()) < wordCount) throw new Error('the stream was not read whole');
  return performance.now() - start;
}

if (isMainThread) await main();
else serve();
