import type { ChatProtocol, CompletionProtocol, FimForm, ModelFacts } from './model-facts.ts';

/** One row of the vendor table: everything that sets a vendor apart, as data. */
export interface Vendor {
  readonly id: string;
  readonly label: string;
  /** Absent: the user has to give one. */
  readonly baseUrl?: string;
  readonly chat?: ChatProtocol;
  readonly completion?: CompletionProtocol;
  /** How its models take a completion unless a model's facts say otherwise. */
  readonly fim?: FimForm;
  /** `none`: no key is ever asked for; `optional`: asked, may stay empty. */
  readonly key: 'required' | 'optional' | 'none';
  readonly keyHeader: KeyHeader;
  /** Environment variable the vendor's own tools read the key from. */
  readonly keyVariable?: string;
  readonly list: ModelList;
  readonly quirks: Quirks;
  /** Runs on the user's own machine by default: long timeouts, no price. */
  readonly local: boolean;
  readonly documentation: string;
}

export type KeyHeader = 'authorization' | 'x-api-key' | 'none';

/** Which reader understands the endpoint's list of models. */
export type ModelList = 'openai' | 'anthropic' | 'embedded';

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
  /** Where openai-completions are asked for, below the base URL, or below its origin with a leading `/`; default `completions`. */
  readonly completionsPath?: string;
  /** Value of the `anthropic-version` header; default `2023-06-01`. */
  readonly anthropicVersion?: string;
}

/** A model as an endpoint's own list names it. */
export interface ListedModel {
  readonly id: string;
  readonly facts: ModelFacts;
}
