import type { Endpoint } from './endpoint.ts';
import type { ChatProtocol, CompletionProtocol, ModelFacts } from './model-facts.ts';
import type { ModelRef } from './model-ref.ts';

/** A model ready to be asked: where it is, how it is spoken to, what it can do. */
export interface Model {
  readonly ref: ModelRef;
  /** The id sent on the wire. */
  readonly id: string;
  readonly endpoint: Endpoint;
  readonly chat?: ChatProtocol;
  readonly completion?: CompletionProtocol;
  readonly facts: ModelFacts;
}
