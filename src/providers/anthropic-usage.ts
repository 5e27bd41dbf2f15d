import type { Usage } from '../llm/stream-event.ts';
import { type JsonObject, numberAt, objectAt } from '../util/json.ts';

/** Token counts of Anthropic's wire, whose `input_tokens` are only those that are neither read from a cache nor put in one. */
export function anthropicUsage(usage: JsonObject): Usage {
  const cached = numberAt(usage, 'cache_read_input_tokens');
  const cacheWrite = numberAt(usage, 'cache_creation_input_tokens');
  const reasoning = numberAt(objectAt(usage, 'output_tokens_details'), 'thinking_tokens');
  return {
    input: (numberAt(usage, 'input_tokens') ?? 0) + (cached ?? 0) + (cacheWrite ?? 0),
    output: numberAt(usage, 'output_tokens') ?? 0,
    ...(cached !== undefined && { cached }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(reasoning !== undefined && { reasoning }),
  };
}
