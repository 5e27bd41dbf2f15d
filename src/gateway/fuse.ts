import type { LlmError } from '../llm/llm-error.ts';
import { failureRules } from './failure-rules.ts';
import type { Pace } from './pace.ts';

/** What is to be expected of an endpoint or a model. */
export type Health =
  | { readonly kind: 'ok' }
  /** Not to be asked before `until` (milliseconds since 1970). `told`: the server itself said so. */
  | { readonly kind: 'held'; readonly until: number; readonly told: boolean; readonly error: LlmError }
  /** The pause is over; the next request shows whether it works again. */
  | { readonly kind: 'due'; readonly error: LlmError }
  | { readonly kind: 'probing'; readonly settled: Promise<void>; readonly error: LlmError };

/** So many failures in a row, each within a minute of the one before, before others are asked first. */
const mostFailures = 3;
const rowMs = 60_000;
const pauses = {
  usual: { firstMs: 5000, longestMs: 5 * 60_000 },
  quota: { firstMs: 10 * 60_000, longestMs: 4 * 3_600_000 },
};

/** Closed: all pass. Blown: none does until a pause is over. Then one may try, alone; how it fares decides. */
export class Fuse {
  #failures = 0;
  #failedAt = Number.NEGATIVE_INFINITY;
  /** How often in a row it has blown. */
  #blown = 0;
  #until: number | undefined;
  #told = false;
  #error: LlmError | undefined;
  #probe: PromiseWithResolvers<void> | undefined;
  /** Counts its changes: who left before the last one knows nothing of how things are now. */
  #epoch = 0;

  get epoch(): number {
    return this.#epoch;
  }

  health(now: number): Health {
    if (this.#until === undefined || !this.#error) return { kind: 'ok' };
    const error = this.#errorAt(now);
    if (this.#probe) return { kind: 'probing', settled: this.#probe.promise, error };
    return now < this.#until ? { kind: 'held', until: this.#until, told: this.#told, error } : { kind: 'due', error };
  }

  /** A request leaves: where the fuse has blown, it is the one that tries. */
  entered(): void {
    if (this.#until === undefined) return;
    this.#probe = Promise.withResolvers();
    this.#epoch++;
  }

  /** The one that tries gets an answer; the others may follow. */
  answers(): void {
    if (this.#probe) this.close();
  }

  close(): void {
    this.#failures = 0;
    this.#blown = 0;
    if (this.#until !== undefined) this.#epoch++;
    this.#until = undefined;
    this.#settle();
  }

  /** The request was given up: whether it works is as unknown as before. */
  left(): void {
    this.#settle();
  }

  failed(error: LlmError, pace: Pace): void {
    const now = pace.now();
    const inRow = now - this.#failedAt <= rowMs || this.#until !== undefined;
    this.#failures = inRow ? this.#failures + 1 : 1;
    this.#failedAt = now;
    const told = error.retryAfterMs !== undefined;
    const isEnough = told || error.code === 'quota' || failureRules[error.code].slow === true;
    if (isEnough || this.#until !== undefined || this.#failures >= mostFailures) this.#blow(error, told, pace);
    this.#settle();
  }

  #blow(error: LlmError, told: boolean, pace: Pace): void {
    this.#until =
      pace.now() + (error.retryAfterMs === undefined ? this.#pauseMs(error, pace) : spread(error.retryAfterMs, pace));
    this.#told = told;
    this.#error = error;
    this.#blown++;
    this.#epoch++;
  }

  /** Twice as long each time, spread so that many editors do not come back in the same instant. */
  #pauseMs({ code }: LlmError, pace: Pace): number {
    const { firstMs, longestMs } = code === 'quota' ? pauses.quota : pauses.usual;
    return Math.min(longestMs, firstMs * 2 ** this.#blown) * (0.75 + pace.random() / 2);
  }

  /** What went wrong, with what is left of the pause. */
  #errorAt(now: number): LlmError {
    const { retryAfterMs: _, retryAt: __, ...error } = this.#error ?? { code: 'server', message: '', retryable: true };
    const until = this.#until ?? now;
    return until > now ? { ...error, retryAfterMs: until - now, retryAt: until } : error;
  }

  #settle(): void {
    this.#probe?.resolve();
    this.#probe = undefined;
  }
}

/** Never before the server's time, and not all in the moment after it. */
export function spread(ms: number, pace: Pace): number {
  return ms + pace.random() * Math.max(ms / 2, 500);
}
