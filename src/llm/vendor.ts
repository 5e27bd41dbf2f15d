import type { ChatProtocol, CompletionProtocol, FimForm, ModelFacts } from './model-facts.ts';
import type { Quirks } from './quirks.ts';

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

/** A model as an endpoint's own list names it. */
export interface ListedModel {
  readonly id: string;
  readonly facts: ModelFacts;
}
