/** How a chat is carried to the endpoint; one file in `providers/` (or `inference/`) each. */
export type ChatProtocol = 'openai-chat' | 'anthropic-messages' | 'embedded';

/** How a completion (text before and after the cursor) is carried to the endpoint. */
export type CompletionProtocol = 'openai-completions' | 'llamacpp-infill' | 'embedded';

export type Protocol = ChatProtocol | CompletionProtocol;

/**
 * How a model takes the text around the cursor: `infill` = the endpoint has a door of its own for prefix and suffix;
 * `chat` = only a hole-filling question works; anything else names a row in `completion/fim-templates.ts`.
 */
export type FimForm = 'infill' | 'chat' | (string & {});

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
}

/** What is known of a model. Absent means unknown, never "no". */
export interface ModelFacts {
  readonly name?: string;
  /** A few words for pickers, e.g. what it is good for. */
  readonly note?: string;
  /** Tokens of input and output together. */
  readonly contextWindow?: number;
  readonly maxOutputTokens?: number;
  readonly images?: boolean;
  readonly tools?: boolean;
  /** Values the model accepts for `reasoningEffort`; empty = it does not reason. */
  readonly reasoningEfforts?: readonly string[];
  readonly fim?: FimForm;
  readonly price?: Price;
  /** Bytes of memory a local model needs; bytes of its file on disk. */
  readonly memoryBytes?: number;
  readonly fileBytes?: number;
  readonly license?: string;
}
