import { applyHunks } from './apply-hunks.ts';
import type { EditError, Hunk } from './edit.ts';
import { lineRuns } from './line-runs.ts';
import { SourceLines } from './source-lines.ts';

/** Lines that stay on each side of a passage, so that it is found where it is meant. */
const around = 3;

/**
 * The text with what turned `before` into `after` taken back, whatever else was changed since; an error where the
 * passages themselves are no longer as they were written.
 */
export function takeBack(
  before: string,
  after: string,
  now: string,
): { readonly text: string } | { readonly error: EditError } {
  if (now === after) return { text: before };
  const old = new SourceLines(before).lines;
  const fresh = new SourceLines(after).lines;
  const hunks = lineRuns(fresh, old).map(({ from, to, lines }): Hunk => {
    const above = fresh.slice(Math.max(0, from - around), from);
    const below = fresh.slice(to, to + around);
    return {
      search: whole([...above, ...fresh.slice(from, to), ...below]),
      replace: whole([...above, ...lines, ...below]),
      line: Math.max(0, from - around) + 1,
      inOrder: true,
    };
  });
  return applyHunks(now, hunks, { fuzzyThreshold: 1 });
}

const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
