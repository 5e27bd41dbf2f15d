import type { ModelRef } from './model-ref.ts';

/**
 * What is counted of a model's completions. `priced`: requests whose cost is known; `cost-guessed`: those of them
 * whose tokens were estimated. `checked`: accepted texts that were looked for later; `kept`: the sum of the shares found.
 */
export const evidenceCounters = [
  'requests',
  'failed',
  'priced',
  'cost-guessed',
  'cost',
  'input-tokens',
  'cached-tokens',
  'output-tokens',
  'shown',
  'accepted',
  'typed-through',
  'dismissed-escape',
  'dismissed-typed-other',
  'dismissed-moved-away',
  'checked',
  'kept',
] as const;

export type EvidenceCounter = (typeof evidenceCounters)[number];

/** How long requests took, as buckets of a histogram (util/log-histogram.ts). */
export type EvidenceLatency = 'first-text' | 'total';

export type EvidenceName = EvidenceCounter | `${EvidenceLatency}:${number}`;

/** Something to be added to what is known, or the sum of it. Numbers only: no text of a file or prompt is here. */
export interface EvidenceAmount {
  readonly model: ModelRef;
  readonly languageId: string;
  readonly name: EvidenceName;
  readonly amount: number;
}

/** An amount with the week it belongs to: whole weeks since the Monday before 1970, in UTC. */
export interface WeeklyEvidence extends EvidenceAmount {
  readonly week: number;
}

const weekMs = 7 * 24 * 60 * 60 * 1000;
/** 1970 began on a Thursday. */
const mondayMs = 3 * 24 * 60 * 60 * 1000;

export function weekOf(at: number): number {
  return Math.floor((at + mondayMs) / weekMs);
}

const names: ReadonlySet<string> = new Set(evidenceCounters);

export function isEvidenceName(name: string): name is EvidenceName {
  return names.has(name) || /^(?:first-text|total):\d+$/.test(name);
}
