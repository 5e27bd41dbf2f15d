import { applyHunks } from './apply-hunks.ts';
import type { EditError, Hunk } from './edit.ts';
import { lineRuns } from './line-runs.ts';
import { SourceLines } from './source-lines.ts';

/** How many lines on each side of a passage have to stand there still: as many as can be asked for. */
const around = [3, 1, 0] as const;

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
  const tries = around.map((lines) => applyHunks(now, backwards(before, after, lines), { fuzzyThreshold: 1 }));
  const [first] = tries;
  const made = tries.find((applied) => !('error' in applied)) ?? first;
  return made ?? { text: now };
}

function backwards(before: string, after: string, lines: number): readonly Hunk[] {
  const old = new SourceLines(before).lines;
  const fresh = new SourceLines(after).lines;
  return lineRuns(fresh, old).map(({ from, to, lines: there }) => {
    const above = fresh.slice(Math.max(0, from - lines), from);
    const below = fresh.slice(to, to + lines);
    return {
      search: whole([...above, ...fresh.slice(from, to), ...below]),
      replace: whole([...above, ...there, ...below]),
      line: Math.max(0, from - lines) + 1,
      inOrder: true,
    };
  });
}

const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
