import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test server saw of one request; the fields fill in as it goes on. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly startedAt: number;
  /** `performance.now()` when the client closed before the answer was complete; undefined = it did not. */
  abortedAt?: number;
  /** `performance.now()` when the whole answer was handed over. */
  finishedAt?: number;
  /** Distinguishes connections, for keep-alive tests. */
  readonly connection: number;
}

export interface TestServer extends AsyncDisposable {
  /** `http://HOST:PORT`, no trailing slash. */
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

/** Answers a request; may write piecemeal, wait, destroy the socket, or never end. */
export type Answer = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** A real HTTP server on a free port, of the loopback unless told otherwise, that records what is asked of it. */
export async function startHttpServer(answer: Answer, host = '127.0.0.1'): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const connections = new Map<unknown, number>();
  const server: Server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const connection = connections.get(incoming.socket) ?? connections.size;
    connections.set(incoming.socket, connection);
    const request: SeenRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      startedAt: performance.now(),
      connection,
    };
    seen.push(request);
    response.on('close', () => {
      if (response.writableFinished) request.finishedAt = performance.now();
      else request.abortedAt = performance.now();
    });
    await answer(request, response);
  });
  // Longer than a test takes, so that only the client decides whether a connection is used again.
  server.keepAliveTimeout = 300_000;
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One server-sent event as `data:` lines. */
export function sseData(payload: unknown): string {
  return `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`;
}
