import type { Candidate } from '../../src/gateway/auto.ts';
import type { Standing } from '../../src/gateway/failover-plan.ts';
import { failureRules } from '../../src/gateway/failure-rules.ts';
import type { LlmError, LlmErrorCode } from '../../src/llm/llm-error.ts';
import { isModelRef, type ModelRef } from '../../src/llm/model-ref.ts';
import { readFacts } from '../../src/models/read-facts.ts';
import { isObject, type JsonObject, numberAt, objectAt, stringAt } from '../../src/util/json.ts';
import { isLoopback } from '../../src/util/loopback.ts';

/** The models and how they are, as the row says. */
export class State {
  readonly now: number;
  readonly #models: ReadonlyMap<string, JsonObject>;
  readonly #health: JsonObject;

  constructor(row: unknown) {
    this.now = timeAt(isObject(row) ? row['now'] : undefined) ?? Date.now();
    const models = isObject(row) ? row['models'] : undefined;
    const entries = Array.isArray(models)
      ? models.map((model) =>
          typeof model === 'string' ? [model, {}] : [stringAt(model, 'ref') ?? stringAt(model, 'id') ?? '', model],
        )
      : Object.entries(isObject(models) ? models : {});
    this.#models = new Map(entries.map(([ref, facts]) => [String(ref), isObject(facts) ? facts : {}]));
    this.#health = objectAt(row, 'health') ?? {};
  }

  get refs(): readonly ModelRef[] {
    return [...this.#models.keys()].filter(isModelRef);
  }

  wrongHealth(): string | undefined {
    const wrong = Object.entries(this.#health).find(([, value]) => {
      const given = errorGiven(value);
      return given !== undefined && codeOf(given) === undefined;
    });
    return (
      wrong && `"health" of ${wrong[0]} names no known error. Known are: ok, ${Object.keys(failureRules).join(', ')}.`
    );
  }

  standing(ref: ModelRef): Standing {
    const facts = this.#models.get(ref) ?? {};
    const unavailable = stringAt(facts, 'unavailable');
    const until = this.#until(ref);
    const error = this.#error(ref);
    return {
      ref,
      local: isLocal(facts),
      health: until === undefined || until <= this.now ? { kind: 'ok' } : { kind: 'held', until, told: true, error },
      ...(unavailable !== undefined && { unavailable: { code: 'no-model', message: unavailable, retryable: false } }),
    };
  }

  /** What happens when it is asked; undefined = it answers. */
  failure(ref: ModelRef): { readonly error: LlmError; readonly afterText: boolean } | undefined {
    const value = this.#health[ref];
    if (errorGiven(value) === undefined || this.#until(ref) !== undefined) return undefined;
    return { error: this.#error(ref), afterText: isObject(value) && value['afterText'] === true };
  }

  candidate(ref: ModelRef, rating: number | undefined): Candidate {
    const facts = this.#models.get(ref) ?? {};
    const { price, contextWindow, images, tools } = readFacts(facts);
    const { health, unavailable } = this.standing(ref);
    const requests = numberAt(facts, 'requests') ?? 100;
    const failed = numberAt(facts, 'failed') ?? requests * (numberAt(facts, 'errorRate') ?? 0);
    const firstTokenMs = numberAt(facts, 'latencyMs') ?? numberAt(facts, 'latency') ?? numberAt(facts, 'firstTokenMs');
    const shown = numberAt(facts, 'shown');
    const own = rating ?? numberAt(facts, 'rating') ?? numberAt(facts, 'quality');
    return {
      ref,
      local: isLocal(facts),
      shown: {
        requests,
        failed,
        ...(firstTokenMs !== undefined && { firstTokenMs }),
        ...(shown !== undefined && { completions: { shown, accepted: numberAt(facts, 'accepted') ?? 0 } }),
      },
      ...(price && { price }),
      ...(contextWindow !== undefined && { contextWindow }),
      ...(images !== undefined && { images }),
      ...(tools !== undefined && { tools }),
      ...(own !== undefined && { rating: own }),
      ...(unavailable && { unavailable: unavailable.message }),
      ...(health.kind === 'held' && { held: { because: `is held back (${health.error.code})`, until: health.until } }),
    };
  }

  #until(ref: ModelRef): number | undefined {
    const value = this.#health[ref];
    if (!isObject(value)) return undefined;
    const isOpen = [value['state'], value['kind'], value['status']].includes('open') || value['open'] === true;
    const at = timeAt(value['until'] ?? value['openUntil'] ?? value['open_until'] ?? value['open']);
    return at ?? (isOpen ? this.now + 60_000 : undefined);
  }

  #error(ref: ModelRef): LlmError {
    const value = this.#health[ref];
    const code = codeOf(errorGiven(value) ?? '') ?? 'rate-limit';
    return { code, message: failureRules[code].because, retryable: false };
  }
}

/** What HTTP and people call failures. */
const otherNames: Readonly<Record<string, LlmErrorCode>> = {
  '400': 'invalid-request',
  '401': 'authentication',
  '402': 'quota',
  '403': 'permission',
  '404': 'not-found',
  '413': 'context-overflow',
  '429': 'rate-limit',
  '500': 'server',
  '502': 'server',
  '503': 'overloaded',
  '504': 'server',
  '529': 'overloaded',
  '5xx': 'server',
  econnrefused: 'connection-refused',
  enotfound: 'host-not-found',
  econnreset: 'connection-lost',
  timeout: 'first-token-timeout',
  connect: 'connect-timeout',
  refused: 'connection-refused',
  empty: 'empty-response',
  content: 'content-filter',
  refusal: 'content-filter',
};

/** The failure a model's health names; undefined = it is well. */
function errorGiven(value: unknown): string | undefined {
  const named = isObject(value)
    ? (value['error'] ?? value['code'] ?? value['status'] ?? value['state'] ?? value['kind'])
    : value;
  const word = isObject(named) ? (named['code'] ?? named['status']) : named;
  const text = typeof word === 'number' ? String(word) : word;
  return typeof text !== 'string' || /^(ok|healthy|up|closed|open|half-open|200|)$/.test(text)
    ? undefined
    : text.toLowerCase();
}

function codeOf(given: string): LlmErrorCode | undefined {
  const name = given.replaceAll(/[ _]/g, '-');
  return isCode(name) ? name : otherNames[name];
}

function isLocal(facts: JsonObject): boolean {
  return facts['local'] === true || isLoopback(stringAt(facts, 'baseUrl') ?? '');
}

function isCode(code: string): code is LlmErrorCode {
  return Object.hasOwn(failureRules, code);
}

function timeAt(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined;
}
