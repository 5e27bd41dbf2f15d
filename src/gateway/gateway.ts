import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import { type ModelRef, noModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent, StreamEvent, StreamFunction } from '../llm/stream-event.ts';
import { costOf } from '../models/cost.ts';
import { type ModelSettings, readModelSettings } from '../models/model-settings.ts';
import { TokenEstimates } from '../models/token-estimates.ts';
import type { Lessons } from '../store/lessons.ts';
import type { UsageLedger, UsageRow } from '../store/usage-ledger.ts';
import { messageOf } from '../util/message-of.ts';
import { applySettings } from './apply-settings.ts';
import { estimateUsage } from './estimate-usage.ts';
import { fitting } from './fit-request.ts';
import { type LessonBook, learning } from './learn.ts';
import { lessonBook, withoutWindows } from './lesson-book.ts';
import type { ModelDirectory } from './model-directory.ts';
import type { GatewayPorts } from './ports.ts';
import { once, patient, type RetryPolicy, withRetries } from './retry.ts';
import { chainOf, type Role } from './roles.ts';

export interface Ask {
  readonly role: Role;
  readonly request: Request;
  /** The chat's own choice; absent = the role's chain. */
  readonly model?: ModelRef;
  readonly chatId?: string;
}

/** Which model a role would get, or why none. `ref` is the choice also when it cannot serve. */
export type Resolution =
  | { readonly kind: 'model'; readonly ref: ModelRef; readonly model: Model }
  | { readonly kind: 'unavailable'; readonly ref?: ModelRef; readonly error: LlmError };

/** The one door every model request leaves by: role → model → settings → provider → usage row. */
export class Gateway {
  readonly #ports: GatewayPorts;
  readonly #directory: ModelDirectory;
  readonly #ledger: UsageLedger;
  readonly #book: LessonBook;
  readonly #estimates = new TokenEstimates();

  constructor(ports: GatewayPorts, directory: ModelDirectory, ledger: UsageLedger, lessons: Lessons) {
    this.#ports = ports;
    this.#directory = directory;
    this.#ledger = ledger;
    this.#book = lessonBook(lessons, ports.report);
  }

  /** The model that `choice`, or else the role's chain, or else the model inside, stands for. No request is made. */
  async resolve(role: Role, choice?: ModelRef): Promise<Resolution> {
    const chosen = choice ?? chainOf(this.#ports.settings.roles(), role)[0];
    try {
      return await this.#resolve(role, chosen);
    } catch (error) {
      // A room that cannot be entered, e.g. for want of rights to its folder: a reason like any other.
      const failure: LlmError = { code: 'internal', message: messageOf(error), retryable: false };
      return { kind: 'unavailable', ...(chosen !== undefined && { ref: chosen }), error: failure };
    }
  }

  async #resolve(role: Role, chosen: ModelRef | undefined): Promise<Resolution> {
    const ref = chosen ?? (await this.#ports.embeddedModel(role));
    if (ref === undefined) {
      const message = `No model is chosen for ${role}, and no model is inside yet.`;
      return { kind: 'unavailable', error: { code: 'no-model', message, retryable: false } };
    }
    const model = await this.#directory.find(ref);
    if ('code' in model) return { kind: 'unavailable', ref, error: model };
    const endpoint = await this.#directory.authorize(model.endpoint);
    if ('code' in endpoint) return { kind: 'unavailable', ref, error: endpoint };
    return { kind: 'model', ref, model: { ...model, endpoint } };
  }

  /** Asks the model. Like every stream: never throws, ends with exactly one `end` event. */
  async *stream(ask: Ask, signal: AbortSignal): AsyncIterable<StreamEvent> {
    try {
      const resolution = await this.resolve(ask.role, ask.model);
      if (resolution.kind === 'model') yield* this.#send(ask, resolution.model, signal);
      else yield failed(resolution.ref, resolution.error);
    } catch (error) {
      // The stream's edge: a fault of Tutti's own is told in the reply like any other failure.
      yield failed(ask.model, { code: 'internal', message: messageOf(error), retryable: false });
    }
  }

  async *#send(ask: Ask, model: Model, signal: AbortSignal): AsyncIterable<StreamEvent> {
    const name = ask.request.kind === 'chat' ? model.chat : model.completion;
    if (name === undefined) {
      const message = `${model.ref} offers no ${ask.request.kind} endpoint.`;
      yield failed(model.ref, { code: 'unsupported', message, retryable: false });
      return;
    }
    const settings = readModelSettings(this.#ports.settings.models(), model.ref);
    const request = applySettings(ask.request, settings);
    const running = await this.#withRunningContext(model, request, settings, signal);
    const wire = this.#recorded(await this.#ports.protocol(name), ask, model);
    const stream = this.#door(wire, ask.role === 'completion' ? once : patient, settings);
    yield { type: 'notice', notice: { kind: 'asking', model: model.ref } };
    yield* stream(running, request, signal);
  }

  /** Each request that leaves is a row of its own: what a failed attempt took is on the bill, too. */
  #recorded(wire: StreamFunction, ask: Ask, model: Model): StreamFunction {
    const record = (clock: RequestClock, end: EndEvent): Promise<void> => this.#record(ask, model, clock, end);
    return async function* (sent, request, signal) {
      const clock = new RequestClock();
      let end: EndEvent | undefined;
      let said = '';
      try {
        for await (const event of wire(sent, request, signal)) {
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
        await record(clock, end ?? withUsage(unheard(model, said), request, model));
      }
      if (end) yield end;
    };
  }

  /** A server may run the model with less than its window; only what is long can be longer than that. */
  async #withRunningContext(
    model: Model,
    request: Request,
    { contextWindow }: ModelSettings,
    signal: AbortSignal,
  ): Promise<Model> {
    if (request.kind === 'completion' || contextWindow !== undefined || !this.#estimates.isLong(model.ref, request)) {
      return model;
    }
    const running = await this.#ports.runningContext(model, signal);
    return running === undefined ? model : { ...model, facts: { ...model.facts, contextWindow: running } };
  }

  /** The wire behind all that stands between a request and it: lessons, the model's limits, retries. */
  #door(wire: StreamFunction, policy: RetryPolicy, { contextWindow }: ModelSettings): StreamFunction {
    // What the user says of the window counts more than what was learned.
    const book = contextWindow === undefined ? this.#book : withoutWindows(this.#book);
    const patiently: StreamFunction = (...request) => withRetries(wire, policy, ...request);
    return learning(fitting(patiently, this.#estimates, book), book);
  }

  async #record(ask: Ask, model: Model, clock: RequestClock, end: EndEvent): Promise<void> {
    const row: UsageRow = {
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
    try {
      await this.#ledger.record(row);
    } catch (error) {
      // The reply is there and is worth more than its row.
      this.#ports.report(`The usage of ${model.ref} could not be written down: ${messageOf(error)}`);
    }
  }
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

function failed(ref: ModelRef | undefined, error: LlmError): EndEvent {
  return {
    type: 'end',
    message: { role: 'assistant', content: [], model: ref ?? noModelRef, protocol: 'openai-chat' },
    finish: 'error',
    error,
  };
}
