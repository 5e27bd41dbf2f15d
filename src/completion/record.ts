import type { ModelRef } from '../llm/model-ref.ts';
import type { Usage } from '../llm/stream-event.ts';

/** The stages of the pipeline, in their order. */
export type Stage =
  | 'trigger'
  | 'at-hand'
  | 'delay'
  | 'ignore'
  | 'model'
  | 'context'
  | 'template'
  | 'stream'
  | 'postprocess'
  | 'show';

export type Outcome = 'shown' | 'nothing' | 'cancelled' | 'failed';

/** Where a shown text came from. */
export type Source = 'typed-along' | 'cache' | 'in-flight' | 'network';

/** What became of one call for a suggestion; kept in memory only. */
export interface CompletionRecord {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  readonly trigger: 'automatic' | 'invoke';
  readonly outcome: Outcome;
  /** The stage that ended it. */
  readonly endedBy: Stage;
  /** One sentence a user understands. */
  readonly reason: string;
  readonly source?: Source;
  readonly text?: string;
  readonly suggestionId?: number;
  readonly accepted: boolean;
  /** Calls this record stands for: typing along a shown suggestion is one record. */
  readonly keys: number;
  readonly stages: readonly StageTime[];
  readonly totalMs: number;
  readonly request?: RequestRecord;
}

export interface StageTime {
  readonly stage: Stage;
  readonly ms: number;
}

/** The one request to a model that stands behind a record; several records may share it. Fills in as it goes on. */
export interface RequestRecord {
  readonly model: ModelRef;
  /** What a person reads as the prompt, exactly as it was asked. */
  readonly prompt: string;
  /** Name of the template row, `infill`, or `chat`. */
  readonly form: string;
  readonly received: string;
  readonly firstTextMs?: number;
  readonly totalMs?: number;
  readonly usage?: Usage;
  readonly cost?: number;
  /** Names of the filters that changed or ended the text. */
  readonly cutBy: readonly string[];
  /** What kinds of secrets were taken out of the prompt at the door. */
  readonly redacted?: readonly string[];
  readonly error?: string;
  readonly ended?: 'complete' | 'stopped-early' | 'aborted' | 'failed';
}
