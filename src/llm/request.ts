import type { Message } from './message.ts';

/** What a model is asked. Built by a feature, completed with the user's settings by the gateway, sent by a protocol. */
export type Request = ChatRequest | CompletionRequest;

export interface ChatRequest {
  readonly kind: 'chat';
  readonly system?: string;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[];
  readonly parameters: Parameters;
  /** The same for all requests of a chat, for vendors that keep beginnings of prompts by name. Says nothing of anybody. */
  readonly cacheKey?: string;
}

/** Text that belongs between `prefix` and `suffix`, or the continuation of `raw`. */
export interface CompletionRequest {
  readonly kind: 'completion';
  readonly prompt: InfillPrompt | RawPrompt;
  readonly parameters: Parameters;
}

/** For endpoints with a fill-in-the-middle door of their own. */
export interface InfillPrompt {
  readonly type: 'infill';
  readonly prefix: string;
  readonly suffix: string;
  readonly extra: readonly { readonly filename: string; readonly text: string }[];
}

/** A prompt with the model family's own tokens already in it. */
export interface RawPrompt {
  readonly type: 'raw';
  readonly text: string;
}

/** Absent = not sent. */
export interface Parameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxOutputTokens?: number;
  readonly reasoningEffort?: string;
  readonly stop?: readonly string[];
  /** Tokens to run the model with, where a server takes it from the request. The same in all requests, or it loads anew. */
  readonly contextTokens?: number;
  /** Merged over the finished body; wins over everything but `omit`. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** Names of body fields that are never sent. */
  readonly omit?: readonly string[];
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}
