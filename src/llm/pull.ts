import type { LlmError } from './llm-error.ts';

/** How far a server is with fetching a model: in its own words, and in bytes of what it knows so far. */
export type PullReport = (progress: {
  readonly status: string;
  readonly received: number;
  readonly bytes: number;
}) => void;

export type PullOutcome =
  | { readonly kind: 'complete' | 'aborted' }
  | { readonly kind: 'failed'; readonly error: LlmError };
