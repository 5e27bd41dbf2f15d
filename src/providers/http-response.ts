import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, constants as zlib } from 'node:zlib';
import { connectionError } from './connection-error.ts';
import { RequestFailed } from './request-failed.ts';
import type { Watchdog } from './watchdog.ts';

/** How long a released connection may take to end its answer before it is given up. */
const releaseMs = 1000;

/** The head of an answer and the pieces of its body as they come. */
export class HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly #incoming: IncomingMessage;
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #watchdog: Watchdog;
  readonly #url: string;
  readonly #settle: () => void;
  #phase: 'waiting' | 'idle' | 'ending' = 'waiting';
  #isReleased = false;

  /** `settle` is called once, when the response needs its abort signal no longer. */
  constructor(incoming: IncomingMessage, watchdog: Watchdog, url: string, settle: () => void) {
    this.status = incoming.statusCode ?? 0;
    this.headers = incoming.headers;
    this.#incoming = incoming;
    this.#pieces = decoded(incoming)[Symbol.asyncIterator]();
    this.#watchdog = watchdog;
    this.#url = url;
    this.#settle = settle;
  }

  /** Throws `RequestFailed` when the body does not reach its end. Leaving the loop closes the socket, unless released. */
  async *body(): AsyncIterable<Uint8Array> {
    let isEnded = false;
    try {
      while (!isEnded) {
        // Only the server's silence is timed, never the time the reader takes between two pieces.
        if (this.#phase !== 'waiting') this.#watchdog.watch(this.#phase);
        const piece = await this.#next();
        if (this.#phase !== 'waiting') this.#watchdog.stop();
        if (piece === undefined) isEnded = true;
        else yield piece;
      }
    } finally {
      this.#watchdog.stop();
      this.#settle();
      if (!isEnded && !this.#isReleased) this.#incoming.destroy();
    }
  }

  /** The reply has begun: from now on only silence between two pieces is limited. */
  tokenSeen(): void {
    if (this.#phase !== 'waiting') return;
    this.#phase = 'idle';
    this.#watchdog.stop();
  }

  /** The reply has said that it is over: what is left may take a moment only. */
  overSeen(): void {
    this.#phase = 'ending';
    this.#watchdog.stop();
  }

  /** Nobody reads on; what little is left is taken off the wire so that the connection can serve again. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#watchdog.stop();
    this.#settle();
    const timer = setTimeout(() => this.#incoming.destroy(), releaseMs);
    timer.unref();
    void this.#drain().finally(() => clearTimeout(timer));
  }

  async #drain(): Promise<void> {
    try {
      while ((await this.#next()) !== undefined);
    } catch {
      // The answer is whole already; a connection that breaks now is merely not kept.
      this.#incoming.destroy();
    }
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      const step = await this.#pieces.next();
      return step.done ? undefined : step.value;
    } catch (error) {
      throw this.#watchdog.bitten ?? new RequestFailed(connectionError(error, this.#url));
    }
  }
}

const zlibFlush = { flush: zlib.Z_SYNC_FLUSH, finishFlush: zlib.Z_SYNC_FLUSH } as const;
const brotliFlush = { flush: zlib.BROTLI_OPERATION_FLUSH, finishFlush: zlib.BROTLI_OPERATION_FLUSH } as const;

/** Flushing after every piece hands text over as it comes and forgives a missing end. */
const decoders: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => createGunzip(zlibFlush)],
  ['deflate', () => createInflate(zlibFlush)],
  ['br', () => createBrotliDecompress(brotliFlush)],
]);

function decoded(incoming: IncomingMessage): Readable {
  const decoder = decoders.get(incoming.headers['content-encoding']?.toLowerCase() ?? '')?.();
  if (!decoder) return incoming;
  // Its callback is where pipeline reports an error that the reader of `decoder` is given as well.
  return pipeline(incoming, decoder, () => undefined);
}
