import * as l10n from '@vscode/l10n';
import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent, StreamEvent, StreamFunction } from '../llm/stream-event.ts';
import { type ModelSettings, readModelSettings } from '../models/model-settings.ts';
import type { TokenEstimates } from '../models/token-estimates.ts';
import type { UsageLedger } from '../store/usage-ledger.ts';
import { applySettings } from './apply-settings.ts';
import type { Ask } from './ask.ts';
import type { Breaker } from './breaker.ts';
import { withCacheKey } from './cache-key.ts';
import { failedEnd } from './end-events.ts';
import { fitting } from './fit-request.ts';
import { type Gate, throughGates } from './gate.ts';
import { type LessonBook, learning } from './learn.ts';
import { withoutWindows } from './lesson-book.ts';
import { logged } from './logged.ts';
import type { Pace } from './pace.ts';
import type { GatewayPorts } from './ports.ts';
import { recorded } from './recorded.ts';
import { type RetryPolicy, withRetries } from './retry.ts';

export interface AttemptPorts {
  readonly ports: GatewayPorts;
  readonly ledger: UsageLedger;
  readonly book: LessonBook;
  readonly estimates: TokenEstimates;
  readonly gates: readonly Gate[];
  readonly breaker: Breaker;
  readonly pace: Pace;
}

/** How asking one model ended, for those who decide whether to ask another. */
export interface AttemptEnd {
  readonly end: EndEvent;
  /** Something that the user reads as the reply came before: words or a tool call, not thoughts. */
  readonly visible: boolean;
  /** A gate refused; another model may be allowed what this one is not. */
  readonly nextMayServe: boolean;
}

/** One model asked; passes on all events but the last, which is in the result: settings → gates → lessons → limits and history → retries → wire → usage row. */
export async function* attempt(
  { ports, ledger, book, estimates, gates, breaker, pace }: AttemptPorts,
  ask: Ask,
  model: Model,
  policy: RetryPolicy,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, AttemptEnd> {
  const name = ask.request.kind === 'chat' ? model.chat : model.completion;
  if (name === undefined) {
    const message = l10n.t('{0} does not take such a request.', model.ref);
    return refused(failedEnd(model.ref, { code: 'unsupported', message, retryable: false }), false);
  }
  const settings = readModelSettings(ports.settings.models(), model.ref);
  const asked = withCacheKey(applySettings(ask, model, settings), ask.chatId);
  const admission = await throughGates(gates, ask, model, asked, signal);
  if (admission.kind === 'refused') return refused(failedEnd(model.ref, admission.error), admission.nextMayServe);
  const { request, notices = [], ended, setAside } = admission;
  let end: EndEvent | undefined;
  let visible = false;
  try {
    yield { type: 'notice', notice: { kind: 'asking', model: model.ref } };
    for (const notice of notices) yield { type: 'notice', notice };
    const running = await withRunningContext(ports, estimates, model, request, settings, signal);
    const billed = recorded(await ports.protocol(name), ask, ledger, ports.report, setAside);
    const wire = logged(billed, ask, name, ports.requestLog);
    // What the user says of the window counts more than what was learned.
    const lessons = settings.contextWindow === undefined ? book : withoutWindows(book);
    const patiently: StreamFunction = (...sent) => withRetries(wire, { policy, breaker, pace }, ...sent);
    const door = learning(fitting(patiently, estimates, lessons), lessons);
    for await (const event of door(running, request, signal)) {
      if (event.type === 'end') {
        end = event;
        continue;
      }
      visible ||= isVisible(event);
      yield event;
    }
  } finally {
    await ended?.(end);
  }
  if (!end) throw new Error('A stream ended without its end event.');
  return { end, visible, nextMayServe: false };
}

/** Thoughts are no part of what a reader would see twice. */
export function isVisible({ type }: StreamEvent): boolean {
  return type !== 'notice' && type !== 'reasoning' && type !== 'end';
}

function refused(end: EndEvent, nextMayServe: boolean): AttemptEnd {
  return { end, visible: false, nextMayServe };
}

/** A server may run the model with less than its window; only what is long can be longer than that. */
async function withRunningContext(
  ports: GatewayPorts,
  estimates: TokenEstimates,
  model: Model,
  request: Request,
  { contextWindow }: ModelSettings,
  signal: AbortSignal,
): Promise<Model> {
  if (request.kind === 'completion' || contextWindow !== undefined || !estimates.isLong(model.ref, request)) {
    return model;
  }
  const running = await ports.runningContext(model, signal);
  return running === undefined ? model : { ...model, facts: { ...model.facts, contextWindow: running } };
}
