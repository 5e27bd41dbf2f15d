import type { Quirks } from './quirks.ts';

/** How a chat is carried to the endpoint; one file in `providers/` (or `inference/`) each. */
export const chatProtocols = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini-native',
  'ollama-chat',
  'bedrock-converse',
  'vscode-lm',
  'embedded',
] as const;

/** How a completion (text before and after the cursor) is carried to the endpoint. */
export const completionProtocols = ['openai-completions', 'llamacpp-infill', 'ollama-generate', 'embedded'] as const;

export type ChatProtocol = (typeof chatProtocols)[number];
export type CompletionProtocol = (typeof completionProtocols)[number];
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
  /** Where it is spoken to otherwise than the vendor's models are. */
  readonly chat?: ChatProtocol;
  readonly completion?: CompletionProtocol;
  readonly quirks?: Quirks;
  /** The model behind an id that is a name of the user's own, e.g. of a deployment. */
  readonly model?: string;
  readonly price?: Price;
  /** Where the price is from: `yours`, `endpoint` (its own list), or the snapshot's name and day: `catalog 2026-11-10`. */
  readonly priceFrom?: string;
  /** Bytes of memory a local model needs; bytes of its file on disk. */
  readonly memoryBytes?: number;
  readonly fileBytes?: number;
  readonly license?: string;
  /** It can be had but is not on this machine yet. */
  readonly absent?: boolean;
}
