import type { ModelRef } from '../llm/model-ref.ts';
import type { Usage } from '../llm/stream-event.ts';
import type { Source } from './record.ts';

/** What happens to requests and suggestions; learning listens. Times are milliseconds. */
export type Observation =
  | {
      readonly kind: 'requested';
      readonly model: ModelRef;
      readonly languageId: string;
      readonly outcome: 'complete' | 'stopped-early' | 'aborted' | 'failed';
      readonly promptCharacters: number;
      readonly firstTextMs?: number;
      readonly totalMs: number;
      readonly usage?: Usage;
      readonly cost?: number;
    }
  | (SuggestionFacts & {
      /** First time this suggestion is on the screen. */
      readonly kind: 'shown';
      readonly source: Source;
      /** From the call to the text. */
      readonly latencyMs: number;
    })
  /** `text`: what of it the file now holds, from `offset` on (after acceptance). */
  | (SuggestionFacts & { readonly kind: 'accepted'; readonly offset: number })
  /** All of it was typed by hand. */
  | (SuggestionFacts & { readonly kind: 'typed-through' })
  | (SuggestionFacts & { readonly kind: 'dismissed'; readonly how: 'escape' | 'typed-other' | 'moved-away' });

export interface SuggestionFacts {
  readonly suggestionId: number;
  readonly uri: string;
  readonly languageId: string;
  readonly model: ModelRef;
  readonly text: string;
}
