import { chatProtocols, completionProtocols, type ModelFacts, type Price } from '../llm/model-facts.ts';
import type { Quirks } from '../llm/quirks.ts';
import { isObject, numberAt, stringAt } from '../util/json.ts';

/** Facts as written in settings or stored JSON; what is not understood is left out. */
export function readFacts(value: unknown): ModelFacts {
  if (!isObject(value)) return {};
  const efforts = value['reasoningEfforts'];
  return dropUndefined({
    name: stringAt(value, 'name'),
    contextWindow: positive(numberAt(value, 'contextWindow')),
    maxOutputTokens: positive(numberAt(value, 'maxOutputTokens')),
    images: booleanOf(value['images']),
    tools: booleanOf(value['tools']),
    reasoningEfforts: Array.isArray(efforts) ? efforts.filter((effort) => typeof effort === 'string') : undefined,
    fim: stringAt(value, 'fim'),
    chat: oneOf(chatProtocols, value['chat']),
    completion: oneOf(completionProtocols, value['completion']),
    model: stringAt(value, 'model'),
    price: readPrice(value['price']),
    memoryBytes: positive(numberAt(value, 'memoryBytes')),
    fileBytes: positive(numberAt(value, 'fileBytes')),
    license: stringAt(value, 'license'),
  });
}

/** Needs both `input` and `output`; dollars per million tokens. */
export function readPrice(value: unknown): Price | undefined {
  const input = numberAt(value, 'input');
  const output = numberAt(value, 'output');
  if (input === undefined || output === undefined || input < 0 || output < 0) return undefined;
  return {
    input,
    output,
    ...dropUndefined({ cachedInput: numberAt(value, 'cachedInput'), cacheWrite: numberAt(value, 'cacheWrite') }),
  };
}

/** The later one wins, fact by fact, and quirk by quirk. */
export function overlayFacts(...layers: readonly (ModelFacts | undefined)[]): ModelFacts {
  const quirks: Quirks = Object.assign({}, ...layers.map((layer) => layer?.quirks));
  return Object.assign({}, ...layers, Object.keys(quirks).length > 0 ? { quirks } : {});
}

/** The value, where it is one of the known words. */
export function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((word) => word === value);
}

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? value : undefined;

const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function dropUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
