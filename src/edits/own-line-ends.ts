import type { TextChange } from './edit.ts';
import { lineRuns } from './line-runs.ts';
import { SourceLines } from './source-lines.ts';

/**
 * What turns `before` into `after` with the line ends of `before`: an unchanged line keeps its own, a line that takes the
 * place of another has that one's, a new one that of its neighbour. Whether the last line has one is up to `after`.
 */
export function withOwnLineEnds(before: string, after: string): readonly TextChange[] {
  const old = new SourceLines(before);
  const fresh = new SourceLines(after);
  const ends: string[] = [];
  let at = 0;
  for (const { from, to, lines } of [
    ...lineRuns(old.lines, fresh.lines),
    { from: old.length, to: old.length, lines: [] },
  ]) {
    for (; at < from; at++) ends.push(old.end(at) || old.endNear(at));
    ends.push(...lines.map((_, index) => (from + index < to ? old.end(from + index) : '') || old.endNear(from)));
    at = to;
  }
  const target = fresh.lines.map((line, index) => (fresh.end(index) === '' ? line : line + (ends[index] ?? '\n')));
  const source = old.lines.map((line, index) => line + old.end(index));
  return lineRuns(source, target).map(({ from, to, lines }) => ({
    start: old.start(from),
    end: old.start(to),
    text: lines.join(''),
  }));
}
