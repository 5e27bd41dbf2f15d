import type { ModelFacts, Price } from '../llm/model-facts.ts';
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

/** The later one wins, fact by fact. */
export function overlayFacts(...layers: readonly (ModelFacts | undefined)[]): ModelFacts {
  return Object.assign({}, ...layers);
}

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? value : undefined;

const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function dropUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
