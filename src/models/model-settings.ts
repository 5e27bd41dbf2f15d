import type { ModelFacts, Price } from '../llm/model-facts.ts';
import type { Parameters } from '../llm/request.ts';
import { booleanAt, isObject, numberAt, stringAt } from '../util/json.ts';
import { readPrice } from './read-facts.ts';

/** One entry of the setting `tutti.models`: what the user wants of one model. Absent = not sent. */
export interface ModelSettings {
  readonly parameters: Parameters;
  readonly systemPrompt?: string;
  readonly contextWindow?: number;
  /** The most it can write; `parameters.maxOutputTokens` is what is asked for. */
  readonly outputLimit?: number;
  readonly images?: boolean;
  readonly price?: Price;
}

/** The entry of `ref` in `tutti.models`; values of a wrong type or out of range count as absent. */
export function readModelSettings(setting: unknown, ref: string): ModelSettings {
  const entry = isObject(setting) ? setting[ref] : undefined;
  if (!isObject(entry)) return { parameters: {} };
  const systemPrompt = stringAt(entry, 'systemPrompt');
  const contextWindow = within(numberAt(entry, 'contextWindow'), 1, Number.MAX_SAFE_INTEGER);
  const outputLimit = within(numberAt(entry, 'outputLimit'), 1, Number.MAX_SAFE_INTEGER);
  const images = booleanAt(entry, 'images');
  const price = readPrice(entry['price']);
  return {
    parameters: readParameters(entry),
    ...(systemPrompt !== undefined && systemPrompt !== '' && { systemPrompt }),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(outputLimit !== undefined && { outputLimit }),
    ...(images !== undefined && { images }),
    ...(price !== undefined && { price }),
  };
}

/** The user's word on a model, as facts to lay over all others. */
export function factsOfSettings(settings: ModelSettings): ModelFacts {
  return {
    ...(settings.contextWindow !== undefined && { contextWindow: settings.contextWindow }),
    ...(settings.outputLimit !== undefined && { maxOutputTokens: settings.outputLimit }),
    ...(settings.images !== undefined && { images: settings.images }),
    ...(settings.price !== undefined && { price: settings.price }),
  };
}

function readParameters(entry: Readonly<Record<string, unknown>>): Parameters {
  const temperature = within(numberAt(entry, 'temperature'), 0, 2);
  const topP = within(numberAt(entry, 'topP'), 0, 1);
  const maxOutputTokens = within(numberAt(entry, 'maxOutputTokens'), 1, Number.MAX_SAFE_INTEGER);
  const reasoningEffort = stringAt(entry, 'reasoningEffort');
  const stop = strings(entry['stop']);
  const omit = strings(entry['omit']);
  const extraBody = entry['extraBody'];
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens: Math.floor(maxOutputTokens) }),
    ...(reasoningEffort !== undefined && reasoningEffort !== '' && { reasoningEffort }),
    ...(stop.length > 0 && { stop }),
    ...(omit.length > 0 && { omit }),
    ...(isObject(extraBody) && { extraBody }),
  };
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : [];

const within = (value: number | undefined, least: number, most: number): number | undefined =>
  value !== undefined && value >= least && value <= most ? value : undefined;
