/** Where the wire departs from its protocol's original. Absent = as the original does it. */
export interface Quirks {
  /** Name of the output limit on openai-chat; default `max_tokens`. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** Role that carries the system prompt on openai-chat; default `system`. */
  readonly systemRole?: 'system' | 'developer';
  /** `false`: `stream_options` is not understood and must not be sent. */
  readonly streamUsage?: boolean;
  /** Reasoning of earlier turns has to be sent back in `reasoning_content`. */
  readonly replayReasoning?: boolean;
  /** How openai-chat is told how much to think; default `reasoning_effort` alone. */
  readonly thinking?: ThinkingForm;
  /** How anthropic-messages is told to think when an effort is given; default: by the effort alone. */
  readonly anthropicThinking?: 'adaptive' | 'budget';
  /** `budget`: gemini-native is told a number of tokens to think with, not a level. */
  readonly geminiThinking?: 'budget';
  /** openai-chat: arguments of tools only come piece by piece where `tool_stream` asks for it. */
  readonly toolStream?: boolean;
  /** openai-chat: a history with tool calls needs `tools`, be it empty. */
  readonly toolsWithToolHistory?: boolean;
  /** `false`: temperature and top_p are refused, whatever their value. */
  readonly sampling?: boolean;
  /** Where openai-completions are asked for, below the base URL, or below its origin with a leading `/`; default `completions`. */
  readonly completionsPath?: string;
  /**
   * Which models are shown what of a prompt is worth keeping for the next turn, in the wire's own form (`cache_control`,
   * `cachePoint`); default `never`. `priced`: those that charge for putting it away.
   */
  readonly cacheMarks?: 'always' | 'priced' | 'never';
  /** `prompt_cache_key` is understood: requests of one chat are led to where its beginning is kept. */
  readonly cacheKey?: boolean;
  /** Value of the `anthropic-version` header; default `2023-06-01`. */
  readonly anthropicVersion?: string;
}

/** A row of `providers/thinking.ts`. */
export type ThinkingForm = 'type' | 'type-kept' | 'switch' | 'reasoning-effort' | 'reasoning-switch';
