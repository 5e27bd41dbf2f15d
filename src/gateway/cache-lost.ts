import type { UsageRow } from '../store/usage-row.ts';

/** Vendors keep a prefix at least this long after it was last used. */
const keptMs = 4 * 60 * 1000;
/** Shorter prompts are not cached anywhere. */
const leastInput = 2048;

/**
 * Whether a vendor's cache no longer finds what it found before: more than half of the request before came out of it,
 * nothing of this one does, though it is no shorter and nobody had paused for long. `before`: the requests of the same
 * chat to the same model, the latest first; those that failed say nothing.
 */
export function hasLostCache(before: readonly UsageRow[], now: UsageRow): boolean {
  const last = before.find(({ usage }) => usage !== undefined);
  const wasFound = shareOf(last);
  const isFound = shareOf(now);
  if (!last?.usage || !now.usage || wasFound === undefined || isFound === undefined) return false;
  const hasGrown = now.usage.input >= last.usage.input && last.usage.input >= leastInput;
  return wasFound > 0.5 && isFound < 0.05 && hasGrown && now.at - (last.at + last.totalMs) < keptMs;
}

/** Of the input, what was found in the cache; endpoints leave the field out where that is nothing. */
function shareOf(row: UsageRow | undefined): number | undefined {
  const { usage } = row ?? {};
  if (!usage || usage.estimated || usage.input === 0) return undefined;
  return (usage.cached ?? 0) / usage.input;
}
