import type { Usage } from '../llm/stream-event.ts';

/** What is known of a request before it leaves. */
export interface StartedRow {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly role: string;
  readonly chatId?: string;
  readonly model: string;
  readonly provider: string;
  /** Its place in its role's chain: 1 = the first choice. */
  readonly position?: number;
  /** The model of the chain that was asked just before and could not serve. */
  readonly fellFrom?: string;
  /** US dollars it is thought to take; absent = the price is not known. */
  readonly expectedCost?: number;
  /** Where the price is from: `yours`, `endpoint`, `catalog 2026-11-10`, `local`. */
  readonly priceFrom?: string;
}

/** One request that left, whatever became of it. */
export interface UsageRow extends StartedRow {
  readonly usage?: Usage;
  /** US dollars; absent = the price is not known, or it is still under way. */
  readonly cost?: number;
  readonly firstTokenMs?: number;
  readonly totalMs: number;
  /** The finish reason, the error's code, `pending`: under way, `lost`: its window ended before it did. */
  readonly outcome: string;
}

/** Whether the row tells of a failure; being stopped by the user or its window is none. */
export function isFailure({ outcome }: Pick<UsageRow, 'outcome'>): boolean {
  return !wellEnded.has(outcome);
}

/** Outcomes that are no failure. */
export const wellEnded: ReadonlySet<string> = new Set([
  'stop',
  'length',
  'tool-calls',
  'content-filter',
  'aborted',
  'unknown',
  'pending',
  'lost',
]);
