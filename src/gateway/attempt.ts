import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import { type ModelRef, noModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent, StreamEvent, StreamFunction } from '../llm/stream-event.ts';
import { type ModelSettings, readModelSettings } from '../models/model-settings.ts';
import type { TokenEstimates } from '../models/token-estimates.ts';
import type { UsageLedger } from '../store/usage-ledger.ts';
import { applySettings } from './apply-settings.ts';
import type { Ask } from './ask.ts';
import { fitting } from './fit-request.ts';
import { type Gate, throughGates } from './gate.ts';
import { type LessonBook, learning } from './learn.ts';
import { withoutWindows } from './lesson-book.ts';
import type { GatewayPorts } from './ports.ts';
import { recorded } from './recorded.ts';
import { type RetryPolicy, withRetries } from './retry.ts';

export interface AttemptPorts {
  readonly ports: GatewayPorts;
  readonly ledger: UsageLedger;
  readonly book: LessonBook;
  readonly estimates: TokenEstimates;
  readonly gates: readonly Gate[];
}

/** One model asked: settings → gates → lessons → limits and history → retries → wire → usage row. */
export async function* attempt(
  { ports, ledger, book, estimates, gates }: AttemptPorts,
  ask: Ask,
  model: Model,
  retries: RetryPolicy,
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  const name = ask.request.kind === 'chat' ? model.chat : model.completion;
  if (name === undefined) {
    const message = `${model.ref} offers no ${ask.request.kind} endpoint.`;
    yield failedEnd(model.ref, { code: 'unsupported', message, retryable: false });
    return;
  }
  const settings = readModelSettings(ports.settings.models(), model.ref);
  const admission = await throughGates(gates, ask, model, applySettings(ask.request, settings), signal);
  if (admission.kind === 'refused') {
    yield failedEnd(model.ref, admission.error);
    return;
  }
  const { request, notices = [], ended } = admission;
  let end: EndEvent | undefined;
  try {
    yield { type: 'notice', notice: { kind: 'asking', model: model.ref } };
    for (const notice of notices) yield { type: 'notice', notice };
    const running = await withRunningContext(ports, estimates, model, request, settings, signal);
    const wire = recorded(await ports.protocol(name), ask, ledger, ports.report);
    // What the user says of the window counts more than what was learned.
    const lessons = settings.contextWindow === undefined ? book : withoutWindows(book);
    const patiently: StreamFunction = (...sent) => withRetries(wire, retries, ...sent);
    const door = learning(fitting(patiently, estimates, lessons), lessons);
    for await (const event of door(running, request, signal)) {
      if (event.type === 'end') end = event;
      else yield event;
    }
  } finally {
    await ended?.(end);
  }
  if (end) yield end;
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

/** The end of what never began. */
export function failedEnd(ref: ModelRef | undefined, error: LlmError): EndEvent {
  return {
    type: 'end',
    message: { role: 'assistant', content: [], model: ref ?? noModelRef, protocol: 'openai-chat' },
    finish: 'error',
    error,
  };
}
