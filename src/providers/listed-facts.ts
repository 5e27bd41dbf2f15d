import type { ModelFacts, Price } from '../llm/model-facts.ts';
import { arrayAt, booleanAt, isObject, type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';

/** What an entry of an OpenAI-shaped list says of its model, in the words of any vendor. */
export function openaiFacts(entry: JsonObject): ModelFacts {
  const capabilities = objectAt(entry, 'capabilities');
  const topProvider = objectAt(entry, 'top_provider');
  const inputs = arrayAt(objectAt(entry, 'architecture'), 'input_modalities');
  const parameters = arrayAt(entry, 'supported_parameters');
  const upstream = arrayAt(entry, 'providers').filter(isObject);
  return known({
    name: stringAt(entry, 'display_name') ?? stringAt(entry, 'name'),
    contextWindow:
      firstNumber(entry, windowFields) ??
      numberAt(objectAt(entry, 'meta'), 'n_ctx') ??
      // Whoever of several serves it, this much fits.
      least(upstream.map((provider) => numberAt(provider, 'context_length'))),
    maxOutputTokens: firstNumber(entry, outputFields) ?? numberAt(topProvider, 'max_completion_tokens'),
    images:
      inputs.length > 0
        ? inputs.includes('image')
        : (booleanAt(capabilities, 'vision') ?? booleanAt(entry, 'supports_image_in')),
    tools: parameters.length > 0 ? parameters.includes('tools') : toolsOf(capabilities, upstream),
    fim: capabilities?.['completion_fim'] === true ? 'infill' : undefined,
    price: priceOf(objectAt(entry, 'pricing')) ?? dearest(upstream.map(({ pricing }) => priceOf(pricing))),
  });
}

function toolsOf(capabilities: JsonObject | undefined, upstream: readonly JsonObject[]): boolean | undefined {
  const told = upstream.map((provider) => booleanAt(provider, 'supports_tools')).filter((can) => can !== undefined);
  return booleanAt(capabilities, 'function_calling') ?? (told.length > 0 ? told.includes(true) : undefined);
}

function least(numbers: readonly (number | undefined)[]): number | undefined {
  const told = numbers.filter((value) => value !== undefined && value > 0);
  return told.length > 0 ? Math.min(...told.map(Number)) : undefined;
}

/** Better too much than too little. */
function dearest(prices: readonly (Price | undefined)[]): Price | undefined {
  const told = prices.filter((price) => price !== undefined);
  return told.toSorted((a, b) => b.input + b.output - a.input - a.output)[0];
}

/** What an entry of an Anthropic-shaped list says of its model. */
export function anthropicFacts(entry: JsonObject): ModelFacts {
  const capabilities = objectAt(entry, 'capabilities');
  return known({
    name: stringAt(entry, 'display_name'),
    contextWindow: numberAt(entry, 'max_input_tokens'),
    maxOutputTokens: numberAt(entry, 'max_tokens'),
    images: supported(capabilities?.['image_input']),
    reasoningEfforts: effortsOf(capabilities?.['effort']),
  });
}

const windowFields = ['context_length', 'max_model_len', 'context_window', 'max_context_length', 'max_input_tokens'];
const outputFields = ['max_completion_tokens', 'max_output_tokens'];

function firstNumber(entry: JsonObject, fields: readonly string[]): number | undefined {
  return fields.map((field) => numberAt(entry, field)).find((value) => value !== undefined && value > 0);
}

/** OpenRouter tells dollars for one token as text; others dollars for a million tokens and say so by their field names. */
function priceOf(pricing: unknown): Price | undefined {
  const perToken = pairOfPrices({
    input: amountAt(pricing, 'prompt', 1e6),
    output: amountAt(pricing, 'completion', 1e6),
    cachedInput: amountAt(pricing, 'input_cache_read', 1e6),
    cacheWrite: amountAt(pricing, 'input_cache_write', 1e6),
  });
  return (
    perToken ??
    pairOfPrices({
      input: amountAt(pricing, 'input', 1),
      output: amountAt(pricing, 'output', 1),
      cachedInput: amountAt(pricing, 'cached_input', 1) ?? amountAt(pricing, 'cache_read', 1),
      cacheWrite: amountAt(pricing, 'cache_write', 1),
    })
  );
}

/** One price without the other says nothing. */
export function pairOfPrices(
  prices: Readonly<Record<'input' | 'output', number | undefined>> & { readonly [Key in keyof Price]?: unknown },
): Price | undefined {
  const price = known(prices);
  return isPrice(price) ? price : undefined;
}

function isPrice(price: { readonly [Key in keyof Price]?: unknown }): price is Price {
  return price.input !== undefined && price.output !== undefined;
}

/** Rounded, since 0.0000003 × 1,000,000 is not 0.3 in binary. A negative price is a router's word for "it depends". */
export function amountAt(pricing: unknown, key: string, factor: number): number | undefined {
  const value = isObject(pricing) ? pricing[key] : undefined;
  const amount = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) return undefined;
  return Number((amount * factor).toPrecision(12));
}

function supported(capability: unknown): boolean | undefined {
  return booleanAt(capability, 'supported');
}

/** `{supported, low: {supported}, …}`: a model that supports none does not reason by effort. */
function effortsOf(capability: unknown): readonly string[] | undefined {
  if (!isObject(capability)) return undefined;
  const levels = Object.entries(capability).filter(([, level]) => supported(level) === true);
  return levels.map(([name]) => name);
}

type Known<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The same without the fields that are unknown. */
export function known<T extends object>(facts: T): Known<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Known<T>;
}
