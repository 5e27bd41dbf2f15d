import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent, StreamFunction } from '../llm/stream-event.ts';
import { costOf } from '../models/cost.ts';
import type { UsageLedger } from '../store/usage-ledger.ts';
import type { UsageRow } from '../store/usage-row.ts';
import { messageOf } from '../util/message-of.ts';
import type { Ask } from './ask.ts';
import { estimateUsage } from './estimate-usage.ts';

/** Each request that leaves is a row of its own: what a failed attempt took is on the bill, too. */
export function recorded(
  wire: StreamFunction,
  ask: Ask,
  ledger: UsageLedger,
  report: (problem: string) => void,
): StreamFunction {
  return async function* (model, request, signal) {
    const clock = new RequestClock();
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
      const row = rowOf(ask, model, clock, end ?? withUsage(unheard(model, said), request, model));
      try {
        await ledger.record(row);
      } catch (error) {
        // The reply is there and is worth more than its row.
        report(`The usage of ${model.ref} could not be written down: ${messageOf(error)}`);
      }
    }
    if (end) yield end;
  };
}

function rowOf(ask: Ask, model: Model, clock: RequestClock, end: EndEvent): UsageRow {
  return {
    at: clock.startedAt,
    role: ask.role,
    ...(ask.chatId !== undefined && { chatId: ask.chatId }),
    model: model.ref,
    provider: model.endpoint.provider,
    ...(end.usage && { usage: end.usage }),
    ...(end.cost !== undefined && { cost: end.cost }),
    ...(clock.firstTokenMs !== undefined && { firstTokenMs: clock.firstTokenMs }),
    totalMs: clock.elapsedMs(),
    outcome: end.error?.code ?? end.finish,
  };
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
  const usage = end.usage ?? (end.error ? undefined : estimateUsage(request, end));
  if (usage === undefined) return end;
  const { price } = model.facts;
  return { ...end, usage, ...(price && { cost: costOf(usage, price) }) };
}

/** The end of a reply that was enough before it had ended. */
function unheard({ ref, chat = 'openai-chat' }: Model, said: string): EndEvent {
  const content = [{ type: 'text', text: said }] as const;
  return { type: 'end', message: { role: 'assistant', content, model: ref, protocol: chat }, finish: 'aborted' };
}
