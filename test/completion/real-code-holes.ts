import { wordCharacters } from '../../src/completion/postprocess/filter.ts';
import { indentOf } from '../../src/completion/syntax/balance.ts';

/** A place in a real file where some of it is taken out: what a perfect model would write there is known. */
export interface Hole {
  readonly kind: string;
  readonly prefix: string;
  readonly truth: string;
  readonly suffix: string;
}

/** A number below `limit`, the same for the same seed. */
export type Random = (limit: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0 || 1;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return limit <= 0 ? 0 : ((mixed ^ (mixed >>> 15)) >>> 0) % limit;
  };
}

const longestTruth = 12;
const before = 6000;
const after = 3000;

/** Up to `each` holes of every kind that the file has room for. */
export function holesIn(text: string, random: Random, each: number): readonly Hole[] {
  const lines = text.split('\n');
  const starts: number[] = [];
  let start = 0;
  for (const line of lines) {
    starts.push(start);
    start += line.length + 1;
  }
  const holes: Hole[] = [];
  for (const [kind, find] of Object.entries(kinds)) {
    for (let count = 0, tries = 0; count < each && tries < each * 40; tries++) {
      const row = random(lines.length);
      const found = find(lines, row, random);
      if (!found) continue;
      const from = (starts[row] ?? 0) + found.column;
      const to = (starts[found.lastRow] ?? 0) + found.end;
      const truth = text.slice(from, to);
      if (truth.trim() === '' || truth.split('\n').length > longestTruth || truth.length > 1500) continue;
      holes.push({ kind, truth, prefix: windowBefore(text, from), suffix: text.slice(to, to + after) });
      count += 1;
    }
  }
  return holes;
}

function windowBefore(text: string, from: number): string {
  if (from <= before) return text.slice(0, from);
  const start = text.indexOf('\n', from - before) + 1;
  return text.slice(start > 0 && start < from ? start : from - before, from);
}

interface Found {
  readonly column: number;
  readonly lastRow: number;
  readonly end: number;
}

type Find = (lines: readonly string[], row: number, random: Random) => Found | undefined;

const kinds: Readonly<Record<string, Find>> = {
  'line-end': (lines, row, random) => {
    const line = lines[row] ?? '';
    if (wordCharacters(line) < 6 || isComment(line)) return undefined;
    const column = cursorIn(line, indentOf(line), line.trimEnd().length - 1, random);
    return { column, lastRow: row, end: line.trimEnd().length };
  },
  'before-closer': (lines, row, random) => within(lines, row, random, /([([{])([^()[\]{}\n]{2,})(?=[)\]}])/g),
  string: (lines, row, random) => within(lines, row, random, /(["'`])([^"'`\n\\]{3,})(?=\1)/g),
  comment: (lines, row, random) => {
    const line = lines[row] ?? '';
    if (!isComment(line) || wordCharacters(line) < 10) return undefined;
    const column = cursorIn(line, indentOf(line) + 3, line.trimEnd().length - 1, random);
    return { column, lastRow: row, end: line.trimEnd().length };
  },
  'a line': (lines, row) => {
    const line = lines[row] ?? '';
    if (wordCharacters(line) < 4 || opens(line) || isCloser(line)) return undefined;
    return { column: indentOf(line), lastRow: row, end: line.trimEnd().length };
  },
  'some lines': (lines, row, random) => {
    const first = lines[row] ?? '';
    const lastRow = row + 1 + random(3);
    for (const line of lines.slice(row, lastRow + 1)) {
      if (line.trim() === '' || opens(line) || isCloser(line) || indentOf(line) !== indentOf(first)) return undefined;
    }
    const last = lines[lastRow];
    return last === undefined ? undefined : { column: indentOf(first), lastRow, end: last.trimEnd().length };
  },
  'a block': (lines, row) => {
    const block = blockAt(lines, row);
    if (!block) return undefined;
    return { column: indentOf(lines[row] ?? ''), lastRow: block.end, end: lines[block.end]?.trimEnd().length ?? 0 };
  },
  'a header’s rest': (lines, row, random) => {
    const line = lines[row] ?? '';
    const block = blockAt(lines, row);
    if (!block) return undefined;
    const column = cursorIn(line, indentOf(line), line.trimEnd().length - 1, random);
    return { column, lastRow: block.end, end: lines[block.end]?.trimEnd().length ?? 0 };
  },
  'a body': (lines, row) => {
    const block = blockAt(lines, row - 1);
    if (!block || block.body < row) return undefined;
    const last = lines[block.body] ?? '';
    return { column: indentOf(lines[row] ?? ''), lastRow: block.body, end: last.trimEnd().length };
  },
  'before else': (lines, row) => {
    const block = blockAt(lines, row - 1);
    const next = block ? (lines[block.body + 1] ?? '') : '';
    if (!block || block.body < row || !/^\s*(?:\}\s*)?(?:else|elif|catch|except|finally|rescue)\b/.test(next))
      return undefined;
    return { column: indentOf(lines[row] ?? ''), lastRow: block.body, end: lines[block.body]?.trimEnd().length ?? 0 };
  },
  'a missing end': (lines, row) => {
    const closer = lines[row + 1] ?? '';
    const line = lines[row] ?? '';
    if (!/^\s*\}[;,)]*\s*$/.test(closer) || line.trim() === '' || opens(line) || indentOf(line) <= indentOf(closer))
      return undefined;
    return { column: line.length, lastRow: row + 1, end: closer.trimEnd().length };
  },
};

const isComment = (line: string): boolean => /^\s*(?:\/\/|#\s|\*\s|--\s|;;|<!--|"""|%)/.test(line);
const isCloser = (line: string): boolean =>
  /^\s*(?:[)\]}]|end\b|<\/|else\b|elif\b|except\b|finally\b|fi\b|done\b|esac\b)/.test(line);
const opens = (line: string): boolean => /(?:[{([:]|\b(?:then|do|begin)|=>)\s*$/.test(line);

/** A line that opens a block, its last inner line and its last line. */
function blockAt(lines: readonly string[], row: number): { readonly body: number; readonly end: number } | undefined {
  const head = lines[row] ?? '';
  if (head.trim() === '' || !opens(head) || isCloser(head)) return undefined;
  const level = indentOf(head);
  let body = row;
  for (let index = row + 1; index < lines.length && index <= row + longestTruth; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) <= level) {
      const closes = /^\s*(?:[)\]}][)\]};,]*|end)\s*$/.test(line) && indentOf(line) === level;
      const open = /[{([]\s*$/.test(head) && !closes;
      return body > row && !open ? { body, end: closes ? index : body } : undefined;
    }
    body = index;
  }
  return undefined;
}

function within(lines: readonly string[], row: number, random: Random, pattern: RegExp): Found | undefined {
  const line = lines[row] ?? '';
  const matches = [...line.matchAll(pattern)].filter((match) => (match[2] ?? '').trim() !== '');
  const match = matches[random(matches.length)];
  if (!match || isComment(line)) return undefined;
  const start = match.index + 1;
  const end = match.index + match[0].length;
  return { column: random(2) === 0 ? start : cursorIn(line, start, end - 1, random), lastRow: row, end };
}

/** Never inside of a character. */
function cursorIn(line: string, from: number, to: number, random: Random): number {
  const column = from + random(Math.max(1, to - from));
  return /[\uDC00-\uDFFF]/.test(line.charAt(column)) ? column - 1 : column;
}
