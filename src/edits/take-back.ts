import { applyHunks } from './apply-hunks.ts';
import type { EditError, Hunk } from './edit.ts';
import { notFound } from './edit-words.ts';
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
  if (now === after || now === before) return { text: before };
  const tries = around
    .map((lines) => backwards(before, after, lines))
    // Lines that went leave nothing behind to find their place by, but the lines around it.
    .filter((hunks) => hunks.every(({ search }) => search !== ''))
    .map((hunks) => applyHunks(now, hunks, { fuzzyThreshold: 1 }));
  return tries.find((applied) => !('error' in applied)) ?? tries[0] ?? { error: notFound() };
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
