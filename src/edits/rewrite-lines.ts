import type { Hunk, TextChange } from './edit.ts';
import { type LineRun, lineRuns } from './line-runs.ts';
import type { Reindent } from './reindent.ts';
import type { SourceLines } from './source-lines.ts';

/**
 * The changes that make a hunk's replacement of the lines from `first`. A line that the hunk itself leaves as it is
 * keeps every byte of the file's, whatever the reply made of its blanks; new lines get `reindent` and the line ends there.
 */
export function rewriteLines(
  source: SourceLines,
  first: number,
  sought: readonly string[],
  replacement: readonly string[],
  reindent: Reindent,
): readonly TextChange[] {
  return lineRuns(sought, replacement).map((run) =>
    changeOf(source, first + run.from, first + run.to, {
      ...run,
      lines: run.lines.map((line) => reindent(line, run.from, run.to) ?? line),
    }),
  );
}

/** Lines of a text that ends with a line end or is empty; of any other, its last one counts as ended, too. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What a hunk looks for and puts there, by lines. */
export function linesOfHunk({ search, replace, within }: Hunk): {
  readonly sought: readonly string[];
  readonly replacement: readonly string[];
} {
  // Text that ends inside a line is replaced by text that does, so that the line's own end stays.
  const isOpen = within === true && !search.endsWith('\n');
  return { sought: linesOf(search), replacement: isOpen ? replace.split('\n') : linesOf(replace) };
}

function changeOf(source: SourceLines, from: number, to: number, { lines }: LineRun): TextChange {
  const start = source.start(from);
  const end = source.start(to);
  const ends = lines.map((_, index) => (from + index < to ? source.end(from + index) : '') || source.endNear(from));
  const text = lines.map((line, index) => line + ends[index]).join('');
  const reachesOpenEnd = to === source.length && source.length > 0 && source.end(to - 1) === '';
  if (!reachesOpenEnd || lines.length === 0) return { start, end, text };
  // The file has no final line end and shall have none.
  const open = text.slice(0, text.length - (ends.at(-1) ?? '').length);
  return from === to ? { start, end, text: source.endNear(from) + open } : { start, end, text: open };
}
