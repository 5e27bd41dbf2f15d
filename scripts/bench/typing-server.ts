import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type SeenRequest, sseData, startHttpServer } from '../../test/support/http-server.ts';
import type { Passage } from './typing-passages.ts';

/** How the next requests are answered. */
export interface ServerPlan {
  readonly firstTokenMs: number;
  readonly pieces: (prompt: string) => readonly string[];
  readonly pieceMs: number;
}

/** A request for a completion as the server saw it; times are milliseconds since 1970. */
export interface Asked {
  readonly at: number;
  readonly prompt: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly abortedAt?: number;
}

export interface TypingServer extends AsyncDisposable {
  readonly url: string;
  plan: ServerPlan;
  /** A request came since the last call of `take`. */
  readonly isAsked: boolean;
  /** The requests since the last call. */
  take(): readonly Asked[];
}

/** Speaks OpenAI's FIM wire, on the loopback unless `host` says otherwise. */
export async function startTypingServer(host?: string): Promise<TypingServer> {
  const sent = new Map<SeenRequest, number>();
  let taken = 0;
  const server = await startHttpServer(async (request, response) => {
    const count = (bytes: number): void => void sent.set(request, (sent.get(request) ?? 0) + bytes);
    if (request.method === 'POST') await answer(typing.plan, request, response, count);
    else response.end(JSON.stringify({ data: [] }));
  }, host);
  const news = (): readonly SeenRequest[] => server.seen.slice(taken).filter(({ method }) => method === 'POST');
  const typing: TypingServer = {
    url: server.url,
    get isAsked() {
      return news().length > 0;
    },
    plan: { firstTokenMs: 0, pieces: () => [], pieceMs: 0 },
    take() {
      const requests = news();
      taken = server.seen.length;
      return requests.map((request) => ({
        at: performance.timeOrigin + request.startedAt,
        prompt: promptOf(request),
        bytesIn: Buffer.byteLength(request.body),
        bytesOut: sent.get(request) ?? 0,
        ...(request.abortedAt !== undefined && { abortedAt: performance.timeOrigin + request.abortedAt }),
      }));
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return typing;
}

async function answer(
  { firstTokenMs, pieces, pieceMs }: ServerPlan,
  request: SeenRequest,
  response: ServerResponse,
  count: (bytes: number) => void,
): Promise<void> {
  const write = (payload: unknown): void => {
    const event = sseData(payload);
    count(Buffer.byteLength(event));
    response.write(event);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  if (firstTokenMs > 0) await pause(firstTokenMs);
  for (const [index, text] of pieces(promptOf(request)).entries()) {
    if (index > 0) await pause(pieceMs);
    if (response.destroyed) return;
    write({ choices: [{ index: 0, text, finish_reason: null }] });
  }
  if (response.destroyed) return;
  write({ choices: [{ index: 0, text: '', finish_reason: 'stop' }] });
  write('[DONE]');
  response.end();
}

const promptOf = ({ body }: SeenRequest): string => String((JSON.parse(body) as { prompt?: unknown }).prompt ?? '');

/** What is typed of the passage from here on, as far as the server knows, in four pieces. */
export function piecesOf(passage: Passage, prompt: string): readonly string[] {
  const text = writtenIn(passage, prompt);
  const done = passage.typed.findIndex((_, keys) => passage.typed.slice(0, keys).join('') === text);
  const all = text === passage.typed.join('') ? passage.typed.length : done;
  const prediction = passage.predictions[all] ?? '';
  const size = Math.ceil(prediction.length / 4);
  return [0, 1, 2, 3].map((nth) => prediction.slice(nth * size, (nth + 1) * size)).filter((piece) => piece !== '');
}

/** What a prompt holds behind the passage's mark; undefined: not even that. */
export function writtenIn({ mark }: Passage, prompt: string): string | undefined {
  const text = prompt.replaceAll('\r\n', '\n');
  const markAt = text.lastIndexOf(mark);
  return markAt < 0 ? undefined : text.slice(text.indexOf('\n', markAt) + 1).trimStart();
}
