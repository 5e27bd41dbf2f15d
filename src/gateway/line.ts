import * as l10n from '@vscode/l10n';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { Ask, Tried } from './ask.ts';
import type { Breaker } from './breaker.ts';
import type { Standing } from './failover-plan.ts';

/** A member of a chain: the model, not yet authorized, or why there is none. */
export interface Contestant {
  readonly ref: ModelRef;
  readonly found: Model | LlmError;
}

interface Member extends Contestant {
  readonly request: Request;
  error: LlmError | undefined;
  model: Model | undefined;
}

/** The members of a chain as they stand for one request. */
export class Line {
  readonly #members: readonly Member[];
  readonly #breaker: Breaker;
  readonly #authorize: (model: Model) => Promise<Model | LlmError>;

  constructor(
    contestants: readonly [Contestant, ...Contestant[]],
    ask: Ask,
    breaker: Breaker,
    authorize: (model: Model) => Promise<Model | LlmError>,
  ) {
    this.#members = contestants.map((contestant, index) => member(contestant, ask, index === 0));
    this.#breaker = breaker;
    this.#authorize = authorize;
  }

  get head(): Contestant {
    return this.#member(0);
  }

  at(index: number): Contestant {
    return this.#member(index);
  }

  standings(): readonly Standing[] {
    return this.#members.map(({ ref, found, error }) => {
      if ('code' in found) return { ref, local: false, health: { kind: 'ok' }, unavailable: found };
      const health = this.#breaker.health(found);
      return { ref, local: found.endpoint.local, health, ...(error && { unavailable: error }) };
    });
  }

  /** Why nobody is asked, in the words of the one that was chosen. */
  headError(): LlmError {
    const [head] = this.standings();
    if (head?.unavailable) return head.unavailable;
    if (head && head.health.kind !== 'ok') return head.health.error;
    return { code: 'no-model', message: l10n.t('None of the models can be asked.'), retryable: false };
  }

  /** With key and certificates. undefined: it has none; its standing says so from now on. */
  async ready(index: number): Promise<Model | undefined> {
    const own = this.#member(index);
    if (own.model || 'code' in own.found) return own.model;
    const model = await this.#authorize(own.found);
    if ('code' in model) own.error = model;
    else own.model = model;
    return own.model;
  }

  /** What the member at `index` is asked. */
  askOf(ask: Ask, index: number, tried: readonly Tried[]): Ask {
    const { request } = this.#member(index);
    return { ...ask, request, ...(tried.length > 0 && { tried: [...tried] }) };
  }

  #member(index: number): Member {
    const found = this.#members[index];
    if (!found) throw new Error(`The chain has no member ${index}.`);
    return found;
  }
}

/** The head was meant; of the others it has to be found out whether they can take such a request at all. */
function member({ ref, found }: Contestant, ask: Ask, isHead: boolean): Member {
  const bare = { ref, found, request: ask.request, error: undefined, model: undefined };
  if ('code' in found || isHead) return bare;
  const request = ask.requestFor ? ask.requestFor(found) : ask.request;
  const endpoint = request?.kind === 'completion' ? found.completion : found.chat;
  if (request && endpoint !== undefined) return { ...bare, request };
  const message = l10n.t('{0} does not take such a request.', ref);
  return { ...bare, error: { code: 'unsupported', message, retryable: false } };
}
