import * as l10n from '@vscode/l10n';
import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import { type EndEvent, type StreamFunction, type Usage, writtenTokens } from '../llm/stream-event.ts';
import { costOf } from '../models/cost.ts';
import type { UnderWay, UsageLedger } from '../store/usage-ledger.ts';
import type { StartedRow, UsageRow } from '../store/usage-row.ts';
import { messageOf } from '../util/message-of.ts';
import type { Ask } from './ask.ts';
import { CostEstimates, priceOf } from './budget-estimate.ts';
import { hasLostCache } from './cache-lost.ts';
import { failedEnd } from './end-events.ts';
import { estimateUsage } from './estimate-usage.ts';
import type { SetAside } from './gate.ts';

/**
 * Each request that leaves is a row of its own, written before it leaves: what a failed attempt took is on the bill,
 * too, and what a window that was killed had begun.
 */
export function recorded(
  wire: StreamFunction,
  ask: Ask,
  ledger: UsageLedger,
  report: (problem: string) => void,
  setAside?: SetAside,
): StreamFunction {
  return async function* (model, request, signal) {
    const clock = new RequestClock();
    const started = startedRow(ask, model, request, clock.startedAt, setAside);
    const cannot = (error: unknown): string =>
      `The usage of ${model.ref} could not be written down: ${messageOf(error)}`;
    let under: UnderWay | undefined;
    try {
      under = await ledger.begin(started, setAside?.reservation);
    } catch (error) {
      if (setAside?.reservation !== undefined) {
        yield failedEnd(model.ref, uncounted(error));
        return;
      }
      // No budget hangs on it: the row is written with its end.
    }
    let end: EndEvent | undefined;
    let said = '';
    try {
      for await (const event of wire(model, request, signal)) {
        if (event.type === 'end') {
          end = withUsage(event, request, model);
          break;
        }
        if (event.type !== 'notice') clock.token();
        if ('text' in event) said += event.text;
        yield event;
      }
    } finally {
      // Also when the consumer walked away: what left is on the bill.
      const row = endedRow(started, model, request, clock, end ?? withUsage(unheard(model, said), request, model));
      // The reply is there and is worth more than its row.
      await ledger.end(under, row, (error) => report(cannot(error)));
    }
    if (end?.usage && (await isCacheLost(ledger, started, end.usage))) {
      yield { type: 'notice', notice: { kind: 'cache-lost', model: model.ref } };
    }
    if (end) yield end;
  };
}

function startedRow(ask: Ask, model: Model, request: Request, at: number, setAside: SetAside | undefined): StartedRow {
  const tried = ask.tried ?? [];
  const fellFrom = tried.at(-1)?.model;
  const expectedCost = setAside ? setAside.expectedCost : new CostEstimates().expect(ask.role, model, request);
  const priceFrom = model.facts.price ? model.facts.priceFrom : priceOf(model) && 'local';
  return {
    at,
    role: ask.role,
    ...(ask.chatId !== undefined && { chatId: ask.chatId }),
    model: model.ref,
    provider: model.endpoint.provider,
    position: tried.length + 1,
    ...(fellFrom !== undefined && { fellFrom }),
    ...(expectedCost !== undefined && { expectedCost }),
    ...(priceFrom !== undefined && { priceFrom }),
  };
}

function endedRow(started: StartedRow, model: Model, request: Request, clock: RequestClock, end: EndEvent): UsageRow {
  const { usage, cost } = billOf(model, request, clock, end);
  return {
    ...started,
    ...(usage && { usage }),
    ...(cost !== undefined && { cost }),
    ...(clock.firstTokenMs !== undefined && { firstTokenMs: clock.firstTokenMs }),
    totalMs: clock.elapsedMs(),
    outcome: end.error?.code ?? end.finish,
  };
}

/** What the request took. A refusal takes nothing; of a reply that was lost under way, what was read and written so far. */
function billOf(
  model: Model,
  request: Request,
  clock: RequestClock,
  { usage, cost, error, message }: EndEvent,
): { readonly usage?: Usage; readonly cost?: number } {
  if (usage) return { usage, ...(cost !== undefined && { cost }) };
  if (error && clock.firstTokenMs === undefined && isUnbilled(error)) return { cost: 0 };
  return priced(estimateUsage(request, { message }), model);
}

function isUnbilled({ status, code }: LlmError): boolean {
  return (status !== undefined && status >= 400) || refusals.has(code);
}

/** Nothing was sent, or the endpoint would not answer. */
const refusals: ReadonlySet<LlmErrorCode> = new Set([
  'authentication',
  'permission',
  'not-found',
  'invalid-request',
  'context-overflow',
  'rate-limit',
  'quota',
  'overloaded',
  'connection-refused',
  'host-not-found',
  'tls',
  'connect-timeout',
  'not-an-api',
  'unsupported',
  'no-model',
  'no-key',
  'model-file',
  'budget',
  'privacy',
  'policy',
]);

/** Told once a chat, by whichever window sees it first. A chat goes on without. */
async function isCacheLost(ledger: UsageLedger, { at, chatId, model }: StartedRow, usage: Usage): Promise<boolean> {
  if (chatId === undefined || !mayHaveLost(usage)) return false;
  try {
    const [now, ...before] = await ledger.lastOf(chatId, model, 3);
    return now !== undefined && hasLostCache(before, now) && (await ledger.isFirstToTell(`cache-lost ${chatId}`, at));
  } catch {
    return false;
  }
}

/** The ledger is only asked where there is a question. */
function mayHaveLost({ cached = 0, input, estimated }: Usage): boolean {
  return !estimated && cached < input * 0.05;
}

class RequestClock {
  readonly startedAt = Date.now();
  readonly #start = performance.now();
  firstTokenMs: number | undefined;

  token(): void {
    this.firstTokenMs ??= this.elapsedMs();
  }

  elapsedMs(): number {
    return performance.now() - this.#start;
  }
}

/** An answer without a count gets an estimate; a failure without a count stays unknown. */
function withUsage(end: EndEvent, request: Request, model: Model): EndEvent {
  const estimate = estimateUsage(request, end);
  const usage = end.usage ? atLeast(end.usage, estimate, end) : end.error ? undefined : estimate;
  return usage === undefined ? end : { ...end, ...priced(usage, model) };
}

/** Some count at the beginning and at the end: what broke off in between has the first count, of a reply without words. */
function atLeast(usage: Usage, estimate: Usage, { finish }: EndEvent): Usage {
  const isWhole = finish !== 'error' && finish !== 'aborted';
  if (isWhole || estimate.output <= writtenTokens(usage) * 2) return usage;
  const { reasoningApart: _, ...counted } = usage;
  return { ...counted, output: estimate.output, estimated: true };
}

function priced(usage: Usage, model: Model): { readonly usage: Usage; readonly cost?: number } {
  const price = priceOf(model);
  return { usage, ...(price && { cost: costOf(usage, price) }) };
}

/** A budget is set: what cannot be counted does not leave. */
function uncounted(error: unknown): LlmError {
  const message = l10n.t('A budget is set, and this request could not be counted: {0}', messageOf(error));
  return { code: 'budget', message, retryable: false };
}

/** The end of a reply that was enough before it had ended. */
function unheard({ ref, chat = 'openai-chat' }: Model, said: string): EndEvent {
  const content = [{ type: 'text', text: said }] as const;
  return { type: 'end', message: { role: 'assistant', content, model: ref, protocol: chat }, finish: 'aborted' };
}
