import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DownloadError, type DownloadOptions, download, type RemoteFile } from '../../src/inference/download.ts';
import { type Answer, startHttpServer, type TestServer } from '../support/http-server.ts';

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
const sha256 = createHash('sha256').update(content).digest('hex');
const half = 150_000;

let folder: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-download-'));
  target = join(folder, 'models', 'model.gguf');
});
afterEach(() => rm(folder, { recursive: true }));

function fileAt(server: TestServer, more: Partial<RemoteFile> = {}): RemoteFile {
  return { url: `${server.url}/model.gguf`, target, bytes: content.length, sha256, ...more };
}

function options(more: Partial<DownloadOptions> = {}): DownloadOptions {
  return { fetch, report: () => undefined, signal: new AbortController().signal, pauseMs: 1, ...more };
}

const startOf = (range: string | undefined): number => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);

/** Serves the content, ranges understood. */
const whole: Answer = ({ headers }, response) => {
  const start = startOf(headers.range);
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start });
  response.end(content.subarray(start));
};

/** Serves half of what is asked for, then cuts the connection. */
const cut: Answer = ({ headers }, response) => {
  const start = startOf(headers.range);
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start });
  response.write(content.subarray(start, start + half), () => response.destroy());
};

/** Answers the requests one after the other, the last answer to all that follow. */
const oneAfterTheOther = (...answers: readonly Answer[]): Answer => {
  let next = 0;
  return (request, response) => answers[Math.min(next++, answers.length - 1)]?.(request, response);
};

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DownloadError);
  return String(error);
}

describe('a download', () => {
  it('puts the file in place, whole, and leaves nothing beside it', async () => {
    await using server = await startHttpServer(whole);
    const reported: number[] = [];
    expect(await download(fileAt(server), options({ report: (received) => reported.push(received) }))).toBe('complete');
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(await readdir(join(folder, 'models'))).toEqual(['model.gguf']);
    expect(reported.at(-1)).toBe(content.length);
    expect(server.seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  it('goes on where the connection was cut', async () => {
    await using server = await startHttpServer(oneAfterTheOther(cut, whole));
    expect(await download(fileAt(server), options())).toBe('complete');
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(server.seen.map(({ headers }) => startOf(headers.range) > 0)).toEqual([false, true]);
  });

  it('goes on where an earlier session ended', async () => {
    await mkdir(join(folder, 'models'));
    await writeFile(`${target}.part`, content.subarray(0, half));
    await using server = await startHttpServer(whole);
    expect(await download(fileAt(server), options())).toBe('complete');
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(server.seen.map(({ headers }) => headers.range)).toEqual([`bytes=${half}-`]);
  });

  it('asks for nothing when all was received but not yet put in place', async () => {
    await mkdir(join(folder, 'models'));
    await writeFile(`${target}.part`, content);
    await using server = await startHttpServer(whole);
    expect(await download(fileAt(server), options())).toBe('complete');
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(server.seen).toEqual([]);
  });

  it('begins anew with a server that has no ranges', async () => {
    const noRanges: Answer = (_, response) => {
      response.end(content);
    };
    await using server = await startHttpServer(oneAfterTheOther(cut, noRanges));
    expect(await download(fileAt(server), options())).toBe('complete');
    expect((await readFile(target)).equals(content)).toBe(true);
  });

  it('with a wrong checksum is an error and leaves nothing', async () => {
    await using server = await startHttpServer(whole);
    expect(await failureOf(download(fileAt(server, { sha256: '0'.repeat(64) }), options()))).toMatch(/wrong checksum/);
    expect(await readdir(join(folder, 'models'))).toEqual([]);
  });

  it('that is cancelled stops at once and keeps what it has for the next time', async () => {
    const slow: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, half));
    };
    await using server = await startHttpServer(oneAfterTheOther(slow, whole));
    const cancel = new AbortController();
    const report = (received: number): void => {
      if (received === half) cancel.abort();
    };
    expect(await download(fileAt(server), options({ report, signal: cancel.signal }))).toBe('aborted');
    expect(existsSync(target)).toBe(false);
    expect(await download(fileAt(server), options())).toBe('complete');
    expect(server.seen.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${half}-`]);
  });

  it('that is cancelled before it begins asks for nothing', async () => {
    await using server = await startHttpServer(whole);
    expect(await download(fileAt(server), options({ signal: AbortSignal.abort() }))).toBe('aborted');
    expect(existsSync(target)).toBe(false);
  });

  it('of a file that is not there says so and does not try again', async () => {
    await using server = await startHttpServer((_, response) => {
      response.writeHead(404).end();
    });
    expect(await failureOf(download(fileAt(server), options()))).toMatch(/answers 404 Not Found/);
    expect(server.seen.length).toBe(1);
  });

  it('survives a server that is overloaded for a moment', async () => {
    const overloaded: Answer = (_, response) => {
      response.writeHead(503).end();
    };
    await using server = await startHttpServer(oneAfterTheOther(overloaded, whole));
    expect(await download(fileAt(server), options())).toBe('complete');
  });

  it('gives up after three tries that bring nothing', async () => {
    await using server = await startHttpServer((_, response) => {
      response.destroy();
    });
    expect(await failureOf(download(fileAt(server), options()))).toMatch(
      /could not be fetched: (other side closed|.*ECONNRESET|socket)/,
    );
    expect(server.seen.length).toBe(3);
  });

  it('gives up on a server that falls silent', async () => {
    await using server = await startHttpServer((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.flushHeaders();
    });
    expect(await failureOf(download(fileAt(server), options({ idleMs: 50 })))).toMatch(/no data for 50 ms/);
  });

  it('names a server that is not there', async () => {
    const server = await startHttpServer(whole);
    const file = fileAt(server);
    await server[Symbol.asyncDispose]();
    expect(await failureOf(download(file, options()))).toMatch(/ECONNREFUSED/);
  });

  it('does not take more than the file should be', async () => {
    await using server = await startHttpServer((_, response) => {
      response.end(Buffer.concat([content, content]));
    });
    expect(await failureOf(download(fileAt(server), options()))).toMatch(/sends more than the 300000 bytes/);
  });

  it('says what the disk says when it cannot be written', async () => {
    await mkdir(`${target}.part`, { recursive: true });
    await using server = await startHttpServer(whole);
    expect(await failureOf(download(fileAt(server), options()))).toMatch(/EISDIR/);
    expect(server.seen.length).toBe(1);
  });

  it('says beforehand that the disk has no room', async () => {
    await using server = await startHttpServer(whole);
    expect(await failureOf(download(fileAt(server, { bytes: 2 ** 60 }), options()))).toMatch(
      /needs \d+ bytes more; only \d+ are free/,
    );
    expect(server.seen).toEqual([]);
  });

  it('does not write into a file that another process is fetching', async () => {
    await mkdir(join(folder, 'models'));
    await writeFile(`${target}.lock`, String(process.ppid));
    await using server = await startHttpServer(whole);
    expect(await failureOf(download(fileAt(server), options()))).toMatch(/is being fetched already/);
  });

  it('takes over from a process that is gone', async () => {
    await mkdir(join(folder, 'models'));
    await writeFile(`${target}.lock`, '999999999');
    await using server = await startHttpServer(whole);
    expect(await download(fileAt(server), options())).toBe('complete');
  });
});
