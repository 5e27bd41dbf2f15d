import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Chain } from '../llm/model-choice.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { EndEvent, Notice, StreamEvent } from '../llm/stream-event.ts';
import type { Ask, Tried } from './ask.ts';
import type { AttemptEnd } from './attempt.ts';
import { failedEnd } from './end-events.ts';
import { afterFailure, nextStep, type Step } from './failover-plan.ts';
import { hedged, type Runner } from './hedge.ts';
import type { Line } from './line.ts';
import type { Pace } from './pace.ts';
import { brief, once, patient, type RetryPolicy } from './retry.ts';

/** What it takes to ask the members of a chain. */
export interface Door {
  readonly line: Line;
  readonly pace: Pace;
  readonly attempt: (
    ask: Ask,
    model: Model,
    policy: RetryPolicy,
    signal: AbortSignal,
  ) => AsyncGenerator<StreamEvent, AttemptEnd>;
}

/** Asks one model after the other until one answers, as far as the rules allow. Each change is told in one line. */
export async function* failover(door: Door, ask: Ask, chain: Chain, signal: AbortSignal): AsyncIterable<StreamEvent> {
  const { line } = door;
  const tried: Tried[] = [];
  let at = -1;
  let last: { readonly ref: ModelRef; readonly end: EndEvent } | undefined;
  for (;;) {
    const step = nextStep(line.standings(), at, chain);
    const index = last ? afterAnother(step, line) : toBegin(step, line, chain, door.pace);
    if (index === undefined) {
      yield last?.end ?? failedEnd(line.head.ref, line.headError());
      return;
    }
    const model = await line.ready(index);
    if (!model) continue;
    const cause = last ? { ref: last.ref, error: last.end.error } : step.passed[0];
    if (cause?.error) yield switched(cause.ref, model.ref, cause.error);
    at = index;

    const asked = line.askOf(ask, index, tried);
    const policy = policyFor(ask, step);
    const rival = hedgeMs(ask, chain) === undefined ? undefined : nextStep(line.standings(), index, chain);
    let result: AttemptEnd;
    let answering = model.ref;
    if (rival?.kind === 'ask') {
      const race = yield* hedged({
        first: runner(door, asked, model, policy, signal),
        second: async () => {
          const second = await line.ready(rival.index);
          const slow: Tried = { model: model.ref, why: 'slow' };
          return second && runner(door, line.askOf(ask, rival.index, [...tried, slow]), second, once, signal);
        },
        afterMs: hedgeMs(ask, chain) ?? 0,
        pace: door.pace,
        signal,
      });
      result = race.result;
      if (race.winner !== model.ref) {
        tried.push({ model: model.ref, why: race.loserError?.code ?? 'slow' });
        answering = race.winner;
        at = rival.index;
      }
    } else {
      result = yield* door.attempt(asked, model, policy, signal);
    }

    const { end, visible, nextMayServe } = result;
    const verdict = end.error && !signal.aborted ? afterFailure(end.error, visible, nextMayServe) : 'stop';
    if (verdict === 'next') {
      last = { ref: answering, end };
      if (end.error) tried.push({ model: answering, why: end.error.code });
      continue;
    }
    const other = verdict === 'offer' ? nextStep(line.standings(), at, chain) : undefined;
    const offered = other && other.kind !== 'nobody' ? line.at(other.index) : undefined;
    if (offered) yield { type: 'notice', notice: { kind: 'continue-with', model: offered.ref } };
    yield end;
    return;
  }
}

/** Whom to ask first; undefined: the reason is told instead. The choice is never passed over for want of a key. */
function toBegin(step: Step, line: Line, chain: Chain, pace: Pace): number | undefined {
  const isMissing = !chain.auto && line.standings()[0]?.unavailable !== undefined;
  if (isMissing || step.kind === 'nobody') return undefined;
  if (step.kind === 'ask') return step.index;
  const health = line.standings()[step.index]?.health;
  const isLong = health?.kind === 'held' && health.told && health.until - pace.now() > patient.longestWaitMs;
  return isLong ? undefined : step.index;
}

/** Whom to ask now that one has failed. A server that asked for a pause gets it; another is worth a try. */
function afterAnother(step: Step, line: Line): number | undefined {
  if (step.kind === 'nobody') return undefined;
  const health = line.standings()[step.index]?.health;
  return health?.kind === 'held' && health.told ? undefined : step.index;
}

function policyFor({ role }: Ask, step: Step): RetryPolicy {
  const alone = step.kind !== 'ask' || step.alone;
  if (role === 'completion') return { ...once, insists: alone };
  return alone ? patient : brief;
}

/** Only completions are asked for twice: there a moment counts, and a request costs little. */
function hedgeMs({ role }: Ask, chain: Chain): number | undefined {
  return role === 'completion' ? chain.hedgeMs : undefined;
}

function runner(door: Door, ask: Ask, model: Model, policy: RetryPolicy, signal: AbortSignal): Runner {
  const abort = new AbortController();
  const either = AbortSignal.any([signal, abort.signal]);
  return { ref: model.ref, events: door.attempt(ask, model, policy, either), abort: () => abort.abort() };
}

function switched(from: ModelRef, to: ModelRef, error: LlmError): StreamEvent {
  const notice: Notice = { kind: 'switched', from, to, error };
  return { type: 'notice', notice };
}
