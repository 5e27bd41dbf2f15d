import type { ModelFacts } from '../llm/model-facts.ts';
import { arrayAt, booleanAt, type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import { amountAt, known, pairOfPrices } from './listed-facts.ts';

/** Facts from lists that only one vendor's server has. */

export function geminiFacts(entry: JsonObject): ModelFacts {
  return known({
    name: stringAt(entry, 'displayName'),
    contextWindow: numberAt(entry, 'inputTokenLimit'),
    maxOutputTokens: numberAt(entry, 'outputTokenLimit'),
    // Which efforts a thinking model knows it does not say.
    reasoningEfforts: entry['thinking'] === false ? [] : undefined,
  });
}

/** Prices are cents for a hundred million tokens. */
export function xaiFacts(entry: JsonObject): ModelFacts {
  const inputs = arrayAt(entry, 'input_modalities');
  const perMillion = 1e-4;
  return known({
    contextWindow: numberAt(entry, 'context_length') ?? numberAt(entry, 'max_prompt_length'),
    images: inputs.length > 0 ? inputs.includes('image') : undefined,
    price: pairOfPrices({
      input: amountAt(entry, 'prompt_text_token_price', perMillion),
      output: amountAt(entry, 'completion_text_token_price', perMillion),
      cachedInput: amountAt(entry, 'cached_prompt_text_token_price', perMillion),
    }),
  });
}

/** The deployment has a name of the user's own; the model's is beside it. */
export function deploymentFacts(entry: JsonObject): ModelFacts {
  return known({ model: stringAt(entry, 'model') });
}

export function litellmFacts(entry: JsonObject): ModelFacts {
  const info = objectAt(entry, 'model_info');
  return known({
    contextWindow: numberAt(info, 'max_input_tokens') ?? numberAt(info, 'max_tokens'),
    maxOutputTokens: numberAt(info, 'max_output_tokens'),
    images: booleanAt(info, 'supports_vision'),
    tools: booleanAt(info, 'supports_function_calling'),
    reasoningEfforts: info?.['supports_reasoning'] === false ? [] : undefined,
    price: pairOfPrices({
      input: amountAt(info, 'input_cost_per_token', 1e6),
      output: amountAt(info, 'output_cost_per_token', 1e6),
      cachedInput: amountAt(info, 'cache_read_input_token_cost', 1e6),
      cacheWrite: amountAt(info, 'cache_creation_input_token_cost', 1e6),
    }),
  });
}

/** A model that is loaded has the window it was loaded with, be its greatest larger. */
export function lmstudioFacts(entry: JsonObject): ModelFacts {
  const capabilities = objectAt(entry, 'capabilities');
  const [loaded] = arrayAt(entry, 'loaded_instances');
  const reasoning = objectAt(capabilities, 'reasoning');
  return known({
    name: stringAt(entry, 'display_name'),
    contextWindow: numberAt(objectAt(loaded, 'config'), 'context_length') ?? numberAt(entry, 'max_context_length'),
    images: booleanAt(capabilities, 'vision'),
    tools: booleanAt(capabilities, 'trained_for_tool_use'),
    reasoningEfforts: reasoning && arrayAt(reasoning, 'allowed_options').filter((word) => typeof word === 'string'),
    fileBytes: numberAt(entry, 'size_bytes'),
  });
}

/** The same of versions before 0.4. */
export function earlierLmstudioFacts(entry: JsonObject): ModelFacts {
  const capabilities = arrayAt(entry, 'capabilities');
  return known({
    contextWindow: numberAt(entry, 'loaded_context_length') ?? numberAt(entry, 'max_context_length'),
    images: stringAt(entry, 'type') === 'vlm',
    tools: capabilities.includes('tool_use') || undefined,
  });
}
