import * as l10n from '@vscode/l10n';
import type { LlmError } from '../llm/llm-error.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import { type AttemptEnd, isVisible } from './attempt.ts';
import { afterFailure } from './failover-plan.ts';
import type { Pace } from './pace.ts';

/** One model being asked, with a way to end it. */
export interface Runner {
  readonly ref: ModelRef;
  readonly events: AsyncGenerator<StreamEvent, AttemptEnd>;
  readonly abort: () => void;
}

export interface Hedge {
  readonly first: Runner;
  /** Begins to ask the second; undefined = it cannot be asked. */
  readonly second: () => Promise<Runner | undefined>;
  readonly afterMs: number;
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

export interface HedgeEnd {
  readonly winner: ModelRef;
  readonly result: AttemptEnd;
  /** Why the first did not answer; absent = it was slow. */
  readonly loserError?: LlmError;
}

type Happened = IteratorResult<StreamEvent, AttemptEnd>;

/**
 * Asks a second model, too, when the first has said nothing for `afterMs`. The first word wins and its stream goes on;
 * the other is aborted, which closes its connection, and ends by itself.
 */
export async function* hedged(hedge: Hedge): AsyncGenerator<StreamEvent, HedgeEnd> {
  const { first } = hedge;
  const runners: Runner[] = [first];
  try {
    const opening = yield* beforeRival(hedge);
    if (opening.kind === 'decided') return yield* goOn(first, opening.happened);
    const second = await hedge.second();
    if (!second) return yield* goOn(first, await opening.pending);
    runners.push(second);
    return yield* race(first, opening.pending, second);
  } finally {
    // Whoever still runs has lost, or nobody listens any more.
    for (const runner of runners) void end(runner);
  }
}

type Opening =
  | { readonly kind: 'decided'; readonly happened: Happened }
  | { readonly kind: 'slow'; readonly pending: Promise<Happened> };

/** Until the first has said something or has had its time. */
async function* beforeRival({ first, afterMs, pace, signal }: Hedge): AsyncGenerator<StreamEvent, Opening> {
  const answered = new AbortController();
  const timer = pace.sleep(afterMs, AbortSignal.any([signal, answered.signal]));
  try {
    for (;;) {
      const pending = first.events.next();
      const happened = await Promise.race([pending, timer]);
      if (typeof happened === 'string') return { kind: 'slow', pending };
      if (!isAside(happened)) return { kind: 'decided', happened };
      yield happened.value;
    }
  } finally {
    answered.abort();
  }
}

async function* race(
  first: Runner,
  firstPending: Promise<Happened>,
  second: Runner,
): AsyncGenerator<StreamEvent, HedgeEnd> {
  const held: StreamEvent[] = [];
  let pending = { first: firstPending, second: second.events.next() };
  for (;;) {
    const [who, happened] = await Promise.race([
      pending.first.then((value) => ['first', value] as const),
      pending.second.then((value) => ['second', value] as const),
    ]);
    if (isAside(happened)) {
      if (who === 'first') yield happened.value;
      else held.push(happened.value);
      pending = { ...pending, [who]: (who === 'first' ? first : second).events.next() };
      continue;
    }
    if (who === 'second') {
      // What the rival does not bring, the first still may.
      if (happened.done && happened.value.end.error) return yield* goOn(first, await pending.first);
      yield switched(first.ref, second.ref, {
        code: 'first-token-timeout',
        message: l10n.t('It was slow.'),
        retryable: true,
      });
      yield* held;
      return yield* goOn(second, happened);
    }
    const error = failureOf(happened);
    if (!error) return yield* goOn(first, happened);
    yield switched(first.ref, second.ref, error);
    yield* held;
    return { ...(yield* goOn(second, await pending.second)), loserError: error };
  }
}

/** The rest of one stream, from what happened last. */
async function* goOn(runner: Runner, from: Happened): AsyncGenerator<StreamEvent, HedgeEnd> {
  let happened = from;
  while (!happened.done) {
    yield happened.value;
    happened = await runner.events.next();
  }
  return { winner: runner.ref, result: happened.value };
}

/** Not yet a word, nor the end. */
function isAside(happened: Happened): happened is IteratorYieldResult<StreamEvent> {
  return happened.done !== true && !isVisible(happened.value);
}

/** A failure after which another may answer. */
function failureOf(happened: Happened): LlmError | undefined {
  if (!happened.done) return undefined;
  const { end, visible, nextMayServe } = happened.value;
  return end.error && afterFailure(end.error, visible, nextMayServe) === 'next' ? end.error : undefined;
}

/** Aborts what runs and hears it out, so that its row is written. */
async function end(runner: Runner): Promise<void> {
  runner.abort();
  try {
    while (!(await runner.events.next()).done);
  } catch {
    // Nobody listens: what it brought is not wanted, and whether it failed is nobody's trouble.
  }
}

function switched(from: ModelRef, to: ModelRef, error: LlmError): StreamEvent {
  return { type: 'notice', notice: { kind: 'switched', from, to, error } };
}
