import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EndEvent } from '../../src/llm/stream-event.ts';
import { isChatWire, openProviders } from '../../src/providers/providers.ts';
import type { WireName } from '../../src/providers/wire-protocol.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';
import { ask, fill, hello, modelAt, saidIn } from './ask.ts';
import { expectedUsage } from './expected-usage.ts';
import { bytesOf, type Expected, haveRecordings, type Recording, recordings, wireOf, wires } from './recordings.ts';

const streams = recordings((row) => row.kind === 'stream' && wireOf(row) !== undefined);
const providers = openProviders();
let server: TestServer;
/** What the server plays, by the first part of the path. */
const plays = new Map<string, { readonly recording: Recording; readonly pieces: readonly Buffer[] }>();

beforeAll(async () => {
  server = await startHttpServer(async (request, response) => {
    const play = plays.get(request.path.split('/')[1] ?? '');
    if (!play) throw new Error(`nothing to play at ${request.path}`);
    const { http_status, content_type } = play.recording;
    response.writeHead(http_status, content_type === '' ? {} : { 'content-type': content_type });
    for (const piece of play.pieces) {
      response.write(piece);
      await new Promise(setImmediate);
    }
    response.end();
  });
});

afterAll(async () => {
  providers.close();
  await server[Symbol.asyncDispose]();
});

async function replay(wire: WireName, recording: Recording, pieces: readonly Buffer[]): Promise<EndEvent> {
  const path = String(plays.size);
  plays.set(path, { recording, pieces });
  const request = isChatWire(wire) ? hello : fill;
  const { end } = await ask(providers.stream(wire), modelAt(`${server.url}/${path}/v1`), request);
  return end;
}

/** Compares with what an independent reader found in the same bytes. */
function check(wire: WireName, recording: Recording, end: EndEvent): void {
  const { expected, strict, complete } = recording;
  const { text, reasoning, refusal, toolCalls } = saidIn(end.message);
  expect(text).toBe(expected.text);
  if (!strict) {
    expect(reasoning).toContain(expected.reasoning);
    return;
  }
  expect({ reasoning, refusal }).toEqual({ reasoning: expected.reasoning, refusal: expected.refusal });
  expect(toolCalls.map(({ id, name }) => ({ id, name }))).toEqual(
    // Where a vendor gives a call no id, ours is empty.
    expected.tool_calls.map(({ id, name }) => ({ id: id ?? '', name })),
  );
  for (const [at, call] of toolCalls.entries()) checkArguments(call.arguments, expected.tool_calls[at]);
  expect(end.rawFinish ?? null).toBe(expected.finish_reason);
  expect(end.usage).toEqual(expectedUsage(wire, expected.usage));
  expect(end.error !== undefined).toBe(expected.error !== null || complete === false);
}

/** As text; a call that came as an object instead of a text has no text of its own and is compared as the object. */
function checkArguments(found: string, expected: Expected['tool_calls'][number] | undefined): void {
  if (found === expected?.arguments) return;
  expect(found).toBe(JSON.stringify(expected?.arguments_json));
}

function cut(bytes: Buffer, lengths: readonly number[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (at < bytes.length) pieces.push(bytes.subarray(at));
  return pieces;
}

/** Cuts inside characters, inside line ends and inside field names; small recordings byte by byte. */
function cutBadly(bytes: Buffer): readonly Buffer[] {
  if (bytes.length < 3000) return cut(bytes, new Array(bytes.length).fill(1));
  const isBad = (at: number): boolean =>
    (bytes[at] ?? 0) >= 0x80 ||
    bytes[at] === 0x0a ||
    bytes[at] === 0x0d ||
    bytes.toString('latin1', at, at + 3) === 'ta:';
  const places: number[] = [];
  for (let at = 1; at < bytes.length && places.length < 4000; at++) if (isBad(at)) places.push(at);
  return cut(
    bytes,
    places.map((place, nth) => place - (places[nth - 1] ?? 0)),
  );
}

describe.runIf(haveRecordings)('recorded streams', () => {
  describe.each(wires)('%s', (wire) => {
    const rows = streams.filter((row) => wireOf(row) === wire).map((row) => [row.file, row] as const);

    it.each(rows)('%s is read as it was recorded', async (_, recording) => {
      check(
        wire,
        recording,
        await replay(wire, recording, cut(bytesOf(recording), recording.network_chunk_lengths ?? [])),
      );
    });

    it.each(rows)('%s is read the same however its bytes are cut', async (_, recording) => {
      check(wire, recording, await replay(wire, recording, cutBadly(bytesOf(recording))));
    });
  });
});
