import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { LlmError } from '../../src/llm/llm-error.ts';
import { Http } from '../../src/providers/http.ts';
import type { HttpRequest } from '../../src/providers/http-exchange.ts';
import { readAll } from '../../src/providers/read-all.ts';
import { RequestFailed } from '../../src/providers/request-failed.ts';
import { startHttpServer } from '../support/http-server.ts';
import { selfSigned } from './self-signed.ts';

const http = new Http();
afterEach(() => http.close());

const never = new AbortController().signal;

function requestTo(url: string, change: Partial<HttpRequest> = {}): HttpRequest {
  const timeouts = { connectMs: 5000, firstTokenMs: 5000, idleMs: 5000 };
  return { method: 'POST', url, headers: {}, body: '{}', timeouts, ...change };
}

async function failureOf(work: Promise<unknown>): Promise<LlmError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RequestFailed) return error.error;
    throw error;
  }
  throw new Error('it did not fail');
}

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; !condition(); round++) {
    if (round > 400) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('http', () => {
  it('asks five times over one connection', async () => {
    await using server = await startHttpServer((request, response) => void response.end(request.body));
    for (let nth = 0; nth < 5; nth++) {
      const response = await http.send(requestTo(server.url, { body: `{"nth":${nth}}` }), never);
      expect(await readAll(response)).toBe(`{"nth":${nth}}`);
    }
    expect(server.seen.map(({ connection }) => connection)).toEqual([0, 0, 0, 0, 0]);
  });

  it('asks again over a new connection when the server closed the kept one', async () => {
    const tcp = createTcpServer((socket) => {
      let answered = 0;
      socket.on('error', () => undefined);
      socket.on('data', () => {
        if (answered++ > 0) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
    try {
      for (let nth = 0; nth < 3; nth++) {
        expect(await readAll(await http.send(requestTo(url), never))).toBe('ok');
      }
    } finally {
      http.close();
      tcp.close();
    }
  });

  it('an abort in the middle of the body closes the socket at once', async () => {
    await using server = await startHttpServer((_, response) => void response.write('first'));
    const controller = new AbortController();
    const response = await http.send(requestTo(server.url), controller.signal);
    let abortedAt = 0;
    const failure = await failureOf(
      (async () => {
        for await (const _ of response.body()) {
          abortedAt = performance.now();
          controller.abort();
        }
      })(),
    );
    expect(failure.code).toBe('connection-lost');
    await until(() => server.seen[0]?.abortedAt !== undefined);
    console.log(`abort → server saw the close after ${((server.seen[0]?.abortedAt ?? 0) - abortedAt).toFixed(1)} ms`);
  });

  it('an abort before the answer closes the socket', async () => {
    await using server = await startHttpServer(() => undefined);
    const controller = new AbortController();
    const sent = failureOf(http.send(requestTo(server.url), controller.signal));
    await until(() => server.seen.length === 1);
    controller.abort();
    await sent;
    await until(() => server.seen[0]?.abortedAt !== undefined);
  });

  it('a signal that is aborted already sends nothing', async () => {
    await using server = await startHttpServer((_, response) => void response.end());
    await failureOf(http.send(requestTo(server.url), AbortSignal.abort()));
    expect(server.seen).toEqual([]);
  });

  it('leaving the body early closes the socket', async () => {
    await using server = await startHttpServer((_, response) => void response.write('first'));
    const response = await http.send(requestTo(server.url), never);
    for await (const _ of response.body()) break;
    await until(() => server.seen[0]?.abortedAt !== undefined);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('reads a body in %s though it asked for none', async (encoding, compress) => {
    await using server = await startHttpServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(compress('data: text\n\n'));
    });
    const response = await http.send(requestTo(server.url), never);
    expect(await readAll(response)).toBe('data: text\n\n');
  });

  it('follows a redirect on the same origin with the same body', async () => {
    await using server = await startHttpServer((request, response) => {
      if (request.path === '/old') response.writeHead(308, { location: '/new' }).end();
      else response.end(request.method + request.body);
    });
    expect(await readAll(await http.send(requestTo(`${server.url}/old`), never))).toBe('POST{}');
  });

  it('never follows a redirect to another origin, and says where it leads', async () => {
    await using other = await startHttpServer((_, response) => void response.end('stolen'));
    await using server = await startHttpServer((_, response) => {
      response.writeHead(307, { location: `${other.url}/login?token=secret` }).end();
    });
    const failure = await failureOf(
      http.send(requestTo(server.url, { headers: { authorization: 'Bearer k' } }), never),
    );
    expect(failure).toMatchObject({ code: 'not-an-api', message: `The server sends on to ${other.url}/login.` });
    expect(other.seen).toEqual([]);
  });

  it('gives up on redirects in a circle', async () => {
    await using server = await startHttpServer((_, response) => void response.writeHead(307, { location: '/' }).end());
    expect((await failureOf(http.send(requestTo(server.url), never))).message).toContain('Too many redirects');
    expect(server.seen.length).toBe(4);
  });

  it('waits for ever where a limit is 0', async () => {
    await using server = await startHttpServer((_, response) => void setTimeout(() => response.end('late'), 150));
    const timeouts = { connectMs: 0, firstTokenMs: 0, idleMs: 0 };
    expect(await readAll(await http.send(requestTo(server.url, { timeouts }), never))).toBe('late');
  });
});

describe('failed connections', () => {
  const timeouts = { connectMs: 100, firstTokenMs: 100, idleMs: 100 };

  it('nobody listens', async () => {
    const tcp = createTcpServer();
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { port } = tcp.address() as AddressInfo;
    await new Promise((resolve) => tcp.close(resolve));
    const url = `http://user:password@127.0.0.1:${port}/v1?key=secret`;
    expect(await failureOf(http.send(requestTo(url), never))).toEqual({
      code: 'connection-refused',
      message: `connect ECONNREFUSED 127.0.0.1:${port}`,
      retryable: false,
      url: `http://127.0.0.1:${port}/v1`,
    });
  });

  it('nobody listens on any address of the host', async () => {
    const failure = await failureOf(http.send(requestTo('http://localhost:1/'), never));
    expect(failure.code).toBe('connection-refused');
    expect(failure.message).toContain('ECONNREFUSED');
  });

  it('no such host', async () => {
    const failure = await failureOf(http.send(requestTo('http://no-such-host.invalid/v1'), never));
    expect(failure.code).toBe('host-not-found');
    expect(failure.message).toContain('no-such-host.invalid');
  });

  it('a certificate nobody vouches for is named, and can be trusted', async () => {
    const { cert, key } = selfSigned('Example Works CA');
    const server = createTlsServer({ cert, key }, (_, response) => void response.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    try {
      const failure = await failureOf(http.send(requestTo(url), never));
      expect(failure).toMatchObject({ code: 'tls', retryable: false });
      expect(failure.message).toContain('issued by "Example Works CA"');
      expect(await readAll(await http.send(requestTo(url, { ca: cert }), never))).toBe('ok');
    } finally {
      http.close();
      server.close();
    }
  });

  it('a server that speaks no TLS', async () => {
    await using server = await startHttpServer((_, response) => void response.end());
    expect((await failureOf(http.send(requestTo(server.url.replace('http:', 'https:')), never))).code).toBe('tls');
  });

  it('a server that speaks no HTTP', async () => {
    const tcp = createTcpServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
    expect((await failureOf(http.send(requestTo(url), never))).code).toBe('not-an-api');
    tcp.close();
  });

  it('a server that takes the connection and closes it', async () => {
    const tcp = createTcpServer((socket) => void socket.destroy());
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
    expect(await failureOf(http.send(requestTo(url), never))).toMatchObject({
      code: 'connection-lost',
      retryable: true,
    });
    tcp.close();
  });

  it('a handshake that never ends', async () => {
    const tcp = createTcpServer(() => undefined);
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
    const failure = await failureOf(http.send(requestTo(url, { timeouts: { ...timeouts, firstTokenMs: 0 } }), never));
    expect(failure).toMatchObject({ code: 'connect-timeout', message: 'No connection within 0.1 s.', retryable: true });
    tcp.close();
  });

  it('a server that never answers', async () => {
    await using server = await startHttpServer(() => undefined);
    const failure = await failureOf(http.send(requestTo(server.url, { timeouts }), never));
    expect(failure).toMatchObject({ code: 'first-token-timeout', message: 'No answer within 0.1 s.', retryable: true });
    await until(() => server.seen[0]?.abortedAt !== undefined);
  });

  it('a server that does not even read the request', async () => {
    const tcp = createTcpServer((socket) => void socket.pause());
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
    const body = 'x'.repeat(20_000_000);
    expect((await failureOf(http.send(requestTo(url, { timeouts, body }), never))).code).toBe('first-token-timeout');
    tcp.close();
  });

  it('a key with a character that no header can hold', async () => {
    const failure = await failureOf(
      http.send(requestTo('http://127.0.0.1:1', { headers: { authorization: 'Bearer ключ' } }), never),
    );
    expect(failure.code).toBe('invalid-request');
    expect(failure.message).not.toContain('ключ');
  });

  it('a body that is no gzip though it says so', async () => {
    await using server = await startHttpServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end('no gzip');
    });
    const response = await http.send(requestTo(server.url), never);
    expect((await failureOf(readAll(response))).code).toBe('malformed-response');
  });
});
