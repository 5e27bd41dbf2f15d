import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import { TokenEstimates } from '../models/token-estimates.ts';
import type { Lessons } from '../store/lessons.ts';
import type { UsageLedger } from '../store/usage-ledger.ts';
import { messageOf } from '../util/message-of.ts';
import type { Ask } from './ask.ts';
import { type AttemptPorts, attempt, failedEnd } from './attempt.ts';
import type { Gate } from './gate.ts';
import { lessonBook } from './lesson-book.ts';
import type { ModelDirectory } from './model-directory.ts';
import type { GatewayPorts } from './ports.ts';
import { once, patient } from './retry.ts';
import { chainOf, type Role } from './roles.ts';

/** Which model a role would get, or why none. `ref` is the choice also when it cannot serve. */
export type Resolution =
  | { readonly kind: 'model'; readonly ref: ModelRef; readonly model: Model }
  | { readonly kind: 'unavailable'; readonly ref?: ModelRef; readonly error: LlmError };

/** The one door every model request leaves by: role → model → settings → provider → usage row. */
export class Gateway {
  readonly #ports: GatewayPorts;
  readonly #directory: ModelDirectory;
  readonly #attempt: AttemptPorts;

  constructor(
    ports: GatewayPorts,
    directory: ModelDirectory,
    ledger: UsageLedger,
    lessons: Lessons,
    gates: readonly Gate[] = [],
  ) {
    this.#ports = ports;
    this.#directory = directory;
    const book = lessonBook(lessons, ports.report);
    this.#attempt = { ports, ledger, book, estimates: new TokenEstimates(), gates };
  }

  /** The model that `choice`, or else the role's chain, or else the model inside, stands for. No request is made. */
  async resolve(role: Role, choice?: ModelRef): Promise<Resolution> {
    const chosen = choice ?? chainOf(this.#ports.settings.roles(), role).models[0];
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
      const retries = ask.role === 'completion' ? once : patient;
      if (resolution.kind === 'model') yield* attempt(this.#attempt, ask, resolution.model, retries, signal);
      else yield failedEnd(resolution.ref, resolution.error);
    } catch (error) {
      // The stream's edge: a fault of Tutti's own is told in the reply like any other failure.
      yield failedEnd(ask.model, { code: 'internal', message: messageOf(error), retryable: false });
    }
  }
}
