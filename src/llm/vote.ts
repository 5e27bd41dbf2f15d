import type { ModelRef } from './model-ref.ts';

/** What the user thought of replies to one message that stood side by side. */
export interface Vote {
  /** Of all votes on the same replies the last counts. */
  readonly comparison: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The kind of task it was. */
  readonly kind: string;
  readonly models: readonly ModelRef[];
  /** Absent = they were equally good. */
  readonly best?: ModelRef;
}

/** How often a model won, tied and lost at tasks of one kind. */
export interface VoteSum {
  readonly model: ModelRef;
  readonly kind: string;
  readonly won: number;
  readonly tied: number;
  readonly lost: number;
}
