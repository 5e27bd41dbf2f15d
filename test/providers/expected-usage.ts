import type { Usage } from '../../src/llm/stream-event.ts';
import type { WireName } from '../../src/providers/wire-protocol.ts';
import type { Expected } from './recordings.ts';

/** Where vendors keep each count, the surest place first. */
const places = {
  input: ['prompt_tokens', 'tokens_evaluated', 'input_tokens', 'inputTokens', 'promptTokenCount', 'prompt_eval_count'],
  output: [
    'completion_tokens',
    'tokens_predicted',
    'output_tokens',
    'outputTokens',
    'candidatesTokenCount',
    'responseTokenCount',
    'eval_count',
  ],
  cached: [
    'prompt_tokens_details.cached_tokens',
    'input_tokens_details.cached_tokens',
    'cached_tokens',
    'cache_read_input_tokens',
    'cacheReadInputTokens',
    'cachedContentTokenCount',
  ],
  cacheWrite: [
    'cache_creation_input_tokens',
    'cacheWriteInputTokens',
    'prompt_tokens_details.cache_write_tokens',
    'input_tokens_details.cache_write_tokens',
  ],
  reasoning: [
    'completion_tokens_details.reasoning_tokens',
    'output_tokens_details.reasoning_tokens',
    'output_tokens_details.thinking_tokens',
    'thoughtsTokenCount',
  ],
  total: ['total_tokens'],
} as const;

/** The usage a recording tells of, in our words. */
export function expectedUsage(wire: WireName, raw: Expected['usage']): Usage | undefined {
  if (raw === null) return undefined;
  const at = (count: keyof typeof places): number | undefined =>
    places[count].map((path) => numberAt(raw, path)).find((found) => found !== undefined);
  const [input = 0, output = 0, cached, cacheWrite, reasoning] = [
    at('input'),
    at('output'),
    at('cached'),
    at('cacheWrite'),
    at('reasoning'),
  ];
  // What lies in a cache stands beside the input on these, and in it elsewhere.
  const isCacheApart = wire === 'anthropic-messages' || wire === 'bedrock-converse';
  const isApart = wire === 'gemini-native' || at('total') === input + output + (reasoning ?? 0);
  return {
    input: isCacheApart ? input + (cached ?? 0) + (cacheWrite ?? 0) : input,
    output,
    ...(cached !== undefined && { cached }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(reasoning !== undefined && { reasoning }),
    ...((reasoning ?? 0) > 0 && isApart && { reasoningApart: true }),
  };
}

function numberAt(raw: unknown, path: string): number | undefined {
  const value = path
    .split('.')
    .reduce((holder: unknown, name) => (holder as Record<string, unknown> | null | undefined)?.[name], raw);
  return typeof value === 'number' ? value : undefined;
}
