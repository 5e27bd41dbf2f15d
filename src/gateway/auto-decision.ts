import type { ModelRef } from '../llm/model-ref.ts';
import type { Needs } from './auto-needs.ts';

/** What the user wants of a model, each from 0 (does not matter) to 1. */
export interface Weights {
  readonly quality: number;
  readonly cost: number;
  readonly latency: number;
  readonly privacy: number;
}

export type Criterion = keyof Weights;
export const criteria: readonly Criterion[] = ['quality', 'cost', 'latency', 'privacy'];

/** Why a model cannot be asked now; `until` where it is known when it can. */
export interface Held {
  readonly because: string;
  readonly until?: number;
}

/** What a model is worth for a request; each score from 0 to 1. */
export interface Scored {
  readonly ref: ModelRef;
  readonly total: number;
  readonly scores: Readonly<Record<Criterion, number>>;
  /** US dollars the request will take, where the price is known. */
  readonly cost?: number;
  readonly firstTokenMs?: number;
  readonly held?: Held;
}

/** A model of the list that cannot serve this request. */
export interface Excluded {
  readonly ref: ModelRef;
  readonly because: string;
}

export interface AutoDecision {
  /** Best first; those that are held back for now stand behind the others. */
  readonly ranked: readonly Scored[];
  readonly excluded: readonly Excluded[];
  /** One line for people. */
  readonly because: string;
  readonly weights: Weights;
  readonly needs: Needs;
}
