import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import type { StreamEvent, StreamFunction } from '../llm/stream-event.ts';
import type { Breaker, Passage } from './breaker.ts';
import { abortedEnd, failedEnd } from './end-events.ts';
import { failureRules } from './failure-rules.ts';
import type { Pace } from './pace.ts';
import { upToEnd } from './up-to-end.ts';

export interface RetryPolicy {
  readonly attempts: number;
  /** A server that asks for a longer pause than this is not waited for: the user is told instead. */
  readonly longestWaitMs: number;
  /** There is nobody else to ask: a request leaves also where it will probably fail. */
  readonly insists: boolean;
}

/** Someone waits for the answer and sees the countdown; nobody else can give it. */
export const patient: RetryPolicy = { attempts: 3, longestWaitMs: 60_000, insists: true };
/** Another model stands ready: only what may be over in a moment is waited for. */
export const brief: RetryPolicy = { attempts: 2, longestWaitMs: 2000, insists: false };
/** By the time a second try has answered, the text around the cursor is another. */
export const once: RetryPolicy = { attempts: 1, longestWaitMs: 0, insists: false };

export interface Patience {
  readonly policy: RetryPolicy;
  readonly breaker: Breaker;
  readonly pace: Pace;
}

/**
 * Asks again after a retryable failure, as long as nothing of the reply has been seen. Honours the server's
 * `retryAfterMs`; else waits about 0.5 s, 1 s, … Where the breaker holds the model back, nothing is sent before its
 * time. Abort ends every wait at once.
 */
export async function* withRetries(
  stream: StreamFunction,
  { policy, breaker, pace }: Patience,
  model: Model,
  request: Request,
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  let waited = 0;
  for (let sent = 0; ; ) {
    const entry = breaker.enter(model, policy.insists);
    let failure: LlmError;
    let waitMs: number | Promise<void>;
    if (entry.kind === 'go') {
      const { end, seen } = yield* upToEnd(watched(stream(model, request, signal), entry.passage));
      const error = end.error && dated(end.error, pace);
      sent++;
      waitMs = error?.retryAfterMs === undefined ? backoffMs(sent, pace) : heldMs(breaker, model, error, pace);
      const isTooLong = (error?.retryAfterMs ?? waitMs) + waited > policy.longestWaitMs;
      if (seen || !error?.retryable || sent >= policy.attempts || isTooLong || !mayHelp(error, policy)) {
        yield error ? { ...end, error } : end;
        return;
      }
      failure = error;
    } else {
      failure = entry.error;
      waitMs = entry.kind === 'held' ? untilAfter(entry.until, pace) : entry.settled;
      if ((typeof waitMs === 'number' ? waitMs : 1) + waited > policy.longestWaitMs) {
        yield failedEnd(model.ref, failure);
        return;
      }
    }
    const before = pace.now();
    if (typeof waitMs === 'number') yield retrying(failure, waitMs, Math.max(1, sent));
    if ((await wait(waitMs, policy.longestWaitMs - waited, pace, signal)) === 'aborted') {
      yield abortedEnd(model.ref);
      return;
    }
    waited += pace.now() - before;
  }
}

/** Tells the breaker what becomes of a request, also when nobody listens to its end. */
async function* watched(events: AsyncIterable<StreamEvent>, passage: Passage): AsyncIterable<StreamEvent> {
  try {
    for await (const event of events) {
      if (event.type === 'end') passage.ended(event);
      else if (event.type !== 'notice') passage.began();
      yield event;
    }
  } finally {
    passage.ended(undefined);
  }
}

/** Who waited long in vain does not wait as long again where another can answer. */
function mayHelp({ code }: LlmError, { insists }: RetryPolicy): boolean {
  return insists || failureRules[code].slow !== true;
}

/** Until the breaker lets the model be asked again; the pause the server wants where it does not hold it. */
function heldMs(breaker: Breaker, model: Model, { retryAfterMs = 0 }: LlmError, pace: Pace): number {
  const health = breaker.health(model);
  return health.kind === 'held' ? untilAfter(health.until, pace) : retryAfterMs;
}

/** Timers may ring a moment early. */
function untilAfter(at: number, pace: Pace): number {
  return Math.max(0, Math.ceil(at - pace.now())) + 2;
}

/** Spread over as much again, so that many editors do not come back in the same instant. */
function backoffMs(attempt: number, pace: Pace): number {
  return 500 * 2 ** (attempt - 1) * (0.5 + pace.random());
}

function dated(error: LlmError, pace: Pace): LlmError {
  if (error.retryAfterMs === undefined || error.retryAt !== undefined) return error;
  return { ...error, retryAt: pace.now() + error.retryAfterMs };
}

async function wait(
  until: number | Promise<void>,
  mostMs: number,
  pace: Pace,
  signal: AbortSignal,
): Promise<'elapsed' | 'aborted'> {
  if (typeof until === 'number') return pace.sleep(until, signal);
  const settled = new AbortController();
  void until.then(() => settled.abort());
  await pace.sleep(mostMs, AbortSignal.any([signal, settled.signal]));
  return signal.aborted ? 'aborted' : 'elapsed';
}

function retrying(error: LlmError, waitMs: number, attempt: number): StreamEvent {
  return { type: 'notice', notice: { kind: 'retrying', error, waitMs, attempt } };
}
