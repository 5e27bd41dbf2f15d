import type { Usage } from '../llm/stream-event.ts';
import { numberAt, objectAt } from '../util/json.ts';

/** Token counts of a response; undefined where there are none. */
export function responsesUsage(value: unknown): Usage | undefined {
  const input = numberAt(value, 'input_tokens');
  const output = numberAt(value, 'output_tokens');
  if (input === undefined && output === undefined) return undefined;
  const details = objectAt(value, 'input_tokens_details');
  const cached = numberAt(details, 'cached_tokens');
  const cacheWrite = numberAt(details, 'cache_write_tokens');
  const reasoning = numberAt(objectAt(value, 'output_tokens_details'), 'reasoning_tokens');
  return {
    input: input ?? 0,
    output: output ?? 0,
    ...(cached !== undefined && { cached }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(reasoning !== undefined && { reasoning }),
  };
}
