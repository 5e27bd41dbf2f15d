import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { delay } from '../util/delay.ts';
import { messageOf } from '../util/message-of.ts';
import { withFileLock } from './file-lock.ts';

/** A file on the net, known beforehand to the last bit. */
export interface RemoteFile {
  readonly url: string;
  /** Where it belongs; it appears there whole or not at all. */
  readonly target: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Says, in one sentence for the user, why a file could not be had. */
export class DownloadError extends Error {}

export interface DownloadOptions {
  readonly fetch: typeof fetch;
  /** Called with the bytes that are there, beginning with those of an earlier try. */
  readonly report: (received: number) => void;
  readonly signal: AbortSignal;
  /** How long a silent server is waited for, and the pause before each new try. */
  readonly idleMs?: number;
  readonly pauseMs?: number;
}

const fruitlessTries = 3;

/**
 * Fetches a file, resuming where an earlier try was cut off, and checks size and checksum.
 * Abort and a lost connection keep what was received for the next time; a wrong checksum removes it.
 */
export async function download(file: RemoteFile, options: DownloadOptions): Promise<'complete' | 'aborted'> {
  await mkdir(dirname(file.target), { recursive: true });
  const outcome = await withFileLock(`${file.target}.lock`, () => fetchToPart(file, options));
  if (outcome === 'locked')
    throw new DownloadError(`${file.target} is being fetched already, perhaps by another window.`);
  return outcome;
}

const partOf = ({ target }: RemoteFile): string => `${target}.part`;

async function fetchToPart(file: RemoteFile, options: DownloadOptions): Promise<'complete' | 'aborted'> {
  await checkSpace(file);
  for (let tries = 1; ; tries++) {
    const before = await sizeOf(partOf(file));
    const failure = before === file.bytes ? undefined : await receive(file, before, options);
    if (options.signal.aborted) return 'aborted';
    if (failure === undefined) break;
    if (!failure.retryable) throw failure.error;
    if ((await sizeOf(partOf(file))) > before) tries = 0;
    if (tries >= fruitlessTries) throw failure.error;
    if ((await delay((options.pauseMs ?? 1000) * (tries + 1), options.signal)) === 'aborted') return 'aborted';
  }
  await checkSum(file);
  await rename(partOf(file), file.target);
  return 'complete';
}

interface Failure {
  readonly error: DownloadError;
  readonly retryable: boolean;
}

/** One request for what is missing. Undefined = all of it has come. */
async function receive(file: RemoteFile, from: number, options: DownloadOptions): Promise<Failure | undefined> {
  const silence = new AbortController();
  const signal = AbortSignal.any([options.signal, silence.signal]);
  const idleMs = options.idleMs ?? 60_000;
  const timer = setTimeout(() => silence.abort(new Error(`no data for ${idleMs} ms`)), idleMs);
  try {
    // Ranges count the bytes on the wire: they have to be those of the file.
    const headers = { 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) };
    const response = await options.fetch(file.url, { headers, signal });
    if (!response.ok || !response.body) return refused(file, response);
    // A server without ranges answers 200 with the whole file.
    const start = response.status === 206 ? from : 0;
    const part = await open(partOf(file), start === 0 ? 'w' : 'a');
    try {
      return await writeAll(file, part, start, response.body, (received) => {
        timer.refresh();
        options.report(received);
      });
    } finally {
      await part.close();
    }
  } catch (error) {
    if (isDiskProblem(error)) return { error: failed(file, error), retryable: false };
    return { error: failed(file, silence.signal.aborted ? silence.signal.reason : error), retryable: true };
  } finally {
    clearTimeout(timer);
  }
}

async function writeAll(
  file: RemoteFile,
  part: FileHandle,
  start: number,
  body: AsyncIterable<Uint8Array>,
  report: (received: number) => void,
): Promise<Failure | undefined> {
  let received = start;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > file.bytes) {
      return {
        error: failed(file, `the server sends more than the ${file.bytes} bytes it should be`),
        retryable: false,
      };
    }
    await part.write(chunk);
    report(received);
  }
  if (received === file.bytes) return undefined;
  return { error: failed(file, `only ${received} of ${file.bytes} bytes came`), retryable: true };
}

function refused(file: RemoteFile, response: Response): Failure {
  const retryable = response.status === 429 || response.status >= 500;
  return { error: failed(file, `the server answers ${response.status} ${response.statusText}`.trim()), retryable };
}

function failed({ url }: RemoteFile, reason: unknown): DownloadError {
  // Node's fetch says "fetch failed" and keeps the reason to itself.
  const cause = reason instanceof Error && reason.cause !== undefined ? reason.cause : reason;
  const advice = 'Check network and proxy and try again: what has come is kept, and fetching goes on from there.';
  return new DownloadError(`${url} could not be fetched: ${messageOf(cause)}. ${advice}`);
}

function isDiskProblem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && (error.syscall === 'write' || error.syscall === 'open');
}

async function checkSpace(file: RemoteFile): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(file.target));
  const missing = file.bytes - (await sizeOf(partOf(file)));
  if (bavail * bsize >= missing) return;
  throw new DownloadError(`${file.target} needs ${missing} bytes more; only ${bavail * bsize} are free on this disk.`);
}

async function checkSum(file: RemoteFile): Promise<void> {
  const hash: Hash = createHash('sha256');
  await pipeline(createReadStream(partOf(file)), hash);
  if (hash.digest('hex') === file.sha256) return;
  await rm(partOf(file), { force: true });
  throw new DownloadError(`${file.url} is not the file it should be (wrong checksum); what was received is removed.`);
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}
