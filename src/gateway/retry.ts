import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import type { StreamEvent, StreamFunction } from '../llm/stream-event.ts';
import { delay } from '../util/delay.ts';
import { upToEnd } from './up-to-end.ts';

export interface RetryPolicy {
  readonly attempts: number;
  /** A server that asks for a longer pause than this is not waited for: the user is told instead. */
  readonly longestWaitMs: number;
}

/** Someone waits for the answer and sees the countdown. */
export const patient: RetryPolicy = { attempts: 3, longestWaitMs: 60_000 };
/** By the time a second try has answered, the text around the cursor is another. */
export const once: RetryPolicy = { attempts: 1, longestWaitMs: 0 };

/**
 * Asks again after a retryable failure, as long as nothing of the reply has been seen.
 * Honours the server's `retryAfterMs`; else waits 0.5 s, 1 s, … with jitter. Abort ends the wait at once.
 */
export async function* withRetries(
  stream: StreamFunction,
  policy: RetryPolicy,
  model: Model,
  request: Request,
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  for (let attempt = 1; ; attempt++) {
    const { end, seen } = yield* upToEnd(stream(model, request, signal));
    const waitMs = end.error?.retryAfterMs ?? backoffMs(attempt);
    const isFinal = seen || !end.error?.retryable || attempt >= policy.attempts || waitMs > policy.longestWaitMs;
    if (isFinal || !end.error) {
      yield end;
      return;
    }
    yield { type: 'notice', notice: { kind: 'retrying', error: end.error, waitMs, attempt } };
    if ((await delay(waitMs, signal)) === 'aborted') {
      const { error: _, ...rest } = end;
      yield { ...rest, finish: 'aborted' };
      return;
    }
  }
}

/** Spread over ±25 % so that many editors do not come back in the same instant. */
function backoffMs(attempt: number): number {
  return 500 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
}
