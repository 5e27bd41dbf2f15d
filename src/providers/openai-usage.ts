import type { Usage } from '../llm/stream-event.ts';
import { numberAt, objectAt } from '../util/json.ts';

/** Token counts in the OpenAI shape and its variants; undefined where there are none. */
export function openaiUsage(value: unknown): Usage | undefined {
  const input = numberAt(value, 'prompt_tokens');
  const output = numberAt(value, 'completion_tokens');
  if (input === undefined && output === undefined) return undefined;
  const inputDetails = objectAt(value, 'prompt_tokens_details');
  const cached =
    numberAt(inputDetails, 'cached_tokens') ??
    numberAt(value, 'prompt_cache_hit_tokens') ??
    numberAt(value, 'cached_tokens');
  const cacheWrite = numberAt(inputDetails, 'cache_write_tokens');
  const reasoning =
    numberAt(objectAt(value, 'completion_tokens_details'), 'reasoning_tokens') ?? numberAt(value, 'reasoning_tokens');
  return {
    input: input ?? 0,
    output: output ?? 0,
    ...(cached !== undefined && { cached }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(reasoning !== undefined && { reasoning }),
    ...(isApart(input, output, reasoning, numberAt(value, 'total_tokens')) && { reasoningApart: true }),
  };
}

/** Some count reasoning beside the completion and not as part of it; the total gives that away. */
function isApart(input = 0, output = 0, reasoning = 0, total: number | undefined): boolean {
  return reasoning > 0 && total === input + output + reasoning;
}
