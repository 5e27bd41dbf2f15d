import type { Hunk } from './edit.ts';
import { LineIndex } from './line-index.ts';
import { indent } from './reindent.ts';
import { SourceLines } from './source-lines.ts';

/** A line that stands for lines left out: `// ... existing code ...`, `# …`, `...`. */
const elision = /^\s*(?:\/\/|#|--|\/\*|<!--|;|%)?\s*(?:\.{3}|…)[^"'`]*$/;

/** A passage may be this many times as long as what it becomes, and some lines more; beyond, something was left out. */
const longestShrink = 3;
const spareLines = 12;

/**
 * The hunks that put a chat's code block into a file: each part of it begins and ends with lines that the file has once,
 * and takes the place of everything between them. Undefined where that does not tell the place.
 */
export function placeBlock(text: string, block: string): readonly Hunk[] | undefined {
  const source = new SourceLines(text);
  const index = new LineIndex(source, (line) => line.trim());
  const hunks: Hunk[] = [];
  let after = 0;
  for (const part of partsOf(block)) {
    const region = regionOf(source, index, part, after);
    if (region === undefined) return undefined;
    const { from, to } = region;
    const lines = source.lines.slice(from, to);
    if (lines.length > part.length * longestShrink + spareLines) return undefined;
    const shift = shiftBetween(part[0] ?? '', source.line(from));
    if (shift === undefined) return undefined;
    hunks.push({ search: whole(lines), replace: whole(part.map(shift)), line: from + 1, inOrder: true });
    after = to;
  }
  return hunks.some(({ search, replace }) => search !== replace) ? hunks : undefined;
}

/** Whether some of the code's lines only stand for others. */
export const leavesOut = (code: string): boolean => new SourceLines(code).lines.some((line) => elision.test(line));

/** The block's lines between elisions, without blank ones at their edges. */
function partsOf(block: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const line of new SourceLines(block).lines) {
    if (elision.test(line)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.map(withoutBlankEdges).filter((part) => part.length > 0);
}

function regionOf(
  source: SourceLines,
  index: LineIndex,
  part: readonly string[],
  after: number,
): { readonly from: number; readonly to: number } | undefined {
  const first = part[0] ?? '';
  const last = part.at(-1) ?? '';
  const starts = index.placesOf(first).filter((place) => place >= after);
  const [from] = starts;
  if (from === undefined || starts.length > 1 || !/\w/.test(first)) return undefined;
  if (part.length === 1) return { from, to: from + 1 };
  // A closing line (`}`, `end`) is the first one of its kind as far in as the block has it.
  const wanted = indent(source.line(from)).length + indent(last).length - indent(first).length;
  const to = index.placesOf(last).find((place) => place > from && indent(source.line(place)).length === wanted);
  return to === undefined ? undefined : { from, to: to + 1 };
}

/** A block is often shown further left than the file has it. */
function shiftBetween(shown: string, there: string): ((line: string) => string) | undefined {
  const from = indent(shown);
  const to = indent(there);
  if (!to.endsWith(from) && !from.endsWith(to)) return undefined;
  return (line) => {
    if (line.trim() === '') return line;
    if (to.endsWith(from)) return to.slice(0, to.length - from.length) + line;
    const removed = from.slice(0, from.length - to.length);
    return line.startsWith(removed) ? line.slice(removed.length) : line;
  };
}

function withoutBlankEdges(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
