import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Endpoint } from '../../src/llm/endpoint.ts';
import type { Model } from '../../src/llm/model.ts';
import type { Request } from '../../src/llm/request.ts';
import type { EndEvent } from '../../src/llm/stream-event.ts';
import { isChatWire, isCompletionWire, openProviders } from '../../src/providers/providers.ts';
import type { WireName } from '../../src/providers/wire-protocol.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../src/util/json.ts';

interface Row {
  readonly protocol: WireName;
  readonly bytes: Buffer;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** How the bytes were cut on the network; empty = in one piece. */
  readonly pieces: readonly number[];
}

const chat: Request = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  parameters: {},
};
const completion: Request = {
  kind: 'completion',
  prompt: { type: 'infill', prefix: 'a', suffix: 'b', extra: [] },
  parameters: {},
};

/** Names in recordings that differ from ours, or stand for another request to the same vendor, whose errors are alike. */
const otherNames: Readonly<Record<string, WireName>> = {
  'bedrock-converse-stream': 'bedrock-converse',
  'anthropic-count-tokens': 'anthropic-messages',
};

/** Plays a recorded answer through a local HTTP server to the provider, and tells what it understood. */
export async function answer(input: unknown, options: { readonly dir?: string }): Promise<unknown> {
  const row = await readRow(input, options.dir ?? '.');
  if (typeof row === 'string') return { error: { code: 'unsupported', message: row, status: null, retryable: false } };
  const server = await serve(row);
  const providers = openProviders();
  try {
    const { port } = server.address() as AddressInfo;
    return report(await ask(providers.stream(row.protocol), modelAt(`http://127.0.0.1:${port}`), row.protocol));
  } finally {
    providers.close();
    server.closeAllConnections();
    server.close();
  }
}

async function readRow(input: unknown, dir: string): Promise<Row | string> {
  const name = stringAt(input, 'protocol') ?? '';
  const protocol = Object.hasOwn(otherNames, name) ? otherNames[name] : name;
  if (protocol === undefined || !isWire(protocol)) return `Unknown protocol "${name}".`;
  const file = stringAt(input, 'file');
  const base64 = stringAt(input, 'base64');
  if (file === undefined && base64 === undefined) return 'A row needs "file" or "base64".';
  const bytes = file === undefined ? Buffer.from(base64 ?? '', 'base64') : await readFile(resolve(dir, file));
  const contentType = stringAt(input, 'content_type') ?? '';
  const recorded = Object.entries(objectAt(input, 'response_headers') ?? {}).filter(([name]) => isReplayable(name));
  return {
    protocol,
    bytes,
    status: numberAt(input, 'http_status') ?? 200,
    headers: {
      ...Object.fromEntries(recorded.map(([name, value]) => [name.toLowerCase(), String(value)])),
      ...(contentType !== '' && { 'content-type': contentType }),
    },
    pieces: arrayAt(input, 'network_chunk_lengths').filter((length) => typeof length === 'number'),
  };
}

function isWire(protocol: string): protocol is WireName {
  return isChatWire(protocol) || isCompletionWire(protocol);
}

/** Headers about how the bytes travelled back then are not true of how they travel now. */
function isReplayable(name: string): boolean {
  return !/^(content-length|content-encoding|transfer-encoding|connection|keep-alive)$/i.test(name);
}

async function serve(row: Row): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => void play(row, response));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

async function play({ status, headers, bytes, pieces }: Row, response: ServerResponse): Promise<void> {
  response.writeHead(status, headers);
  let sent = 0;
  for (const length of pieces) {
    response.write(bytes.subarray(sent, sent + length));
    sent += length;
    // So that each piece is a packet of its own, as it was.
    await new Promise(setImmediate);
  }
  response.end(bytes.subarray(sent));
}

function modelAt(url: string): Model {
  const endpoint: Endpoint = {
    provider: 'recorded',
    vendor: 'openai-compatible',
    baseUrl: `${url}/v1`,
    keyHeader: 'none',
    headers: {},
    timeouts: { connectMs: 10_000, firstTokenMs: 30_000, idleMs: 30_000 },
    quirks: {},
    local: true,
  };
  return { ref: 'recorded/model', id: 'model', endpoint, facts: {} };
}

async function ask(
  stream: ReturnType<ReturnType<typeof openProviders>['stream']>,
  model: Model,
  protocol: WireName,
): Promise<EndEvent> {
  for await (const event of stream(model, isChatWire(protocol) ? chat : completion, new AbortController().signal)) {
    if (event.type === 'end') return event;
  }
  throw new Error('The stream had no end event.');
}

function report({ message, finish, rawFinish, usage, error }: EndEvent): unknown {
  const joined = (type: 'text' | 'reasoning' | 'refusal'): string =>
    message.content.map((part) => (part.type === type ? part.text : '')).join('');
  return {
    text: joined('text'),
    reasoning: joined('reasoning'),
    refusal: joined('refusal'),
    tool_calls: message.content.flatMap((part) =>
      part.type === 'tool-call' ? [{ id: part.id, name: part.name, arguments: part.arguments }] : [],
    ),
    finish_reason: finish,
    raw_finish_reason: rawFinish ?? null,
    usage: {
      input: usage?.input ?? null,
      cached: usage?.cached ?? null,
      output: usage?.output ?? null,
      reasoning: usage?.reasoning ?? null,
    },
    error: error
      ? { code: error.code, message: error.message, status: error.status ?? null, retryable: error.retryable }
      : null,
  };
}
