import type { Indentation } from '../document.ts';
import type { Situation } from '../situation.ts';
import { indentOf } from '../syntax/balance.ts';
import type { Filter } from './filter.ts';

/** Indents as the file does: tabs or blanks, once and not twice at the cursor, and not from the left edge. */
export const fileIndentation: Filter = (text, situation) => {
  const atIndent = situation.linePrefix.trim() === '';
  const { indentation } = situation;
  const converts = indentation && !isMixed(situation, indentation);
  const converted = converts ? inOwnBlanks(text, indentation, atIndent) : text;
  return firstLineOnce(withoutOddBlanks(shifted(converted, situation), situation), situation);
};

/** A file that indents with both keeps what the model saw in it. */
function isMixed({ prefix, suffix }: Situation, { insertSpaces }: Indentation): boolean {
  const own = insertSpaces ? /^ {2,}\S/gm : /^\t/gm;
  const other = insertSpaces ? /^ *\t\s*\S/gm : /^\t* {2,}[^\s*]/gm;
  const count = (pattern: RegExp): number =>
    (prefix.match(pattern)?.length ?? 0) + (suffix.match(pattern)?.length ?? 0);
  return count(other) * 8 > count(own);
}

function inOwnBlanks(text: string, { insertSpaces, tabSize }: Indentation, atIndent: boolean): string {
  const [first = '', ...rest] = text.split('\n');
  const unit = insertSpaces ? tabSize : unitOf(rest, tabSize);
  const convert = (line: string): string => {
    const blanks = /^[ \t]*/.exec(line)?.[0] ?? '';
    const wrong = insertSpaces ? '\t' : ' '.repeat(unit);
    return blanks.includes(wrong) ? reindent(blanks, insertSpaces, tabSize, unit) + line.slice(blanks.length) : line;
  };
  // The first line's blanks are indentation only where nothing but indentation is before them.
  return [atIndent ? convert(first) : first, ...rest.map(convert)].join('\n');
}

function reindent(blanks: string, insertSpaces: boolean, tabSize: number, unit: number): string {
  let width = 0;
  for (const character of blanks) width += character === '\t' ? unit : 1;
  if (insertSpaces) return blanks.replaceAll('\t', ' '.repeat(tabSize));
  return '\t'.repeat(Math.floor(width / unit)) + ' '.repeat(width % unit);
}

/** How many blanks the model means by one level. */
function unitOf(lines: readonly string[], tabSize: number): number {
  const widths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^ */.exec(line)?.[0].length ?? 0)
    .filter((width) => width > 0);
  const common = widths.reduce(greatestCommonDivisor, 0);
  return common === 0 || common % tabSize === 0 || common === 1 ? tabSize : common;
}

const greatestCommonDivisor = (one: number, other: number): number =>
  other === 0 ? one : greatestCommonDivisor(other, one % other);

/** A chat model often writes from the left edge what belongs deeper. */
function shifted(text: string, situation: Situation): string {
  const { linePrefix } = situation;
  if (linePrefix === '' || linePrefix.trim() !== '' || situation.syntax.fences) return text;
  const lines = text.split('\n');
  if (!isFromEdge(lines, situation)) return text;
  return lines.map((line, index) => (index === 0 || line.trim() === '' ? line : linePrefix + line)).join('\n');
}

/** What the first line opens is not deeper than the cursor; or, of a chat model, a line stands at the edge. */
export function isFromEdge(lines: readonly string[], { answer, linePrefix, prose }: Situation): boolean {
  const [first = '', ...rest] = lines;
  if (first.trim() === '' || indentOf(first) > 0) return false;
  const own = rest.filter((line) => line.trim() !== '');
  const [next] = own;
  if (next === undefined) return false;
  const isLevel = indentOf(next) > 0 && indentOf(next) <= linePrefix.length && linePrefix.length > 1;
  if (opensBlock(first) && isLevel && !mayStandLevel.test(next)) return true;
  if (answer !== 'chat' || prose) return false;
  if (rest[0]?.trim() === '' && /^(?:def|class|async|@|if __name__)/.test(next)) return false;
  return own.some((line) => indentOf(line) === 0);
}

/** What closes a block, and what many styles do not indent in it. */
const mayStandLevel =
  /^\s*(?:[)\]}#]|(?:case|default|when|else|elif|elsif|catch|except|finally|rescue|ensure|end|public|private|protected|signals|slots)\b|\w+:\s*$)/;

/** A prompt that ends in blanks makes small models go on one blank further, in every line: back to whole levels. */
function withoutOddBlanks(text: string, situation: Situation): string {
  const { linePrefix, indentation } = situation;
  const extra = indentOf(text.split('\n', 1)[0] ?? '');
  if (!indentation?.insertSpaces || situation.prose || !/^ +$/.test(linePrefix) || extra === 0) return text;
  const { tabSize } = indentation;
  const lines = text.split('\n');
  const isOdd = (width: number): boolean => width % tabSize === extra % tabSize;
  const whole = linePrefix.length % tabSize === 0 && extra % tabSize !== 0;
  const all = lines.slice(1).every((line) => line.trim() === '' || isOdd(indentOf(line)));
  if (!whole || !all) return text;
  const odd = extra % tabSize;
  return lines.map((line) => (line.trim() === '' ? line : line.slice(Math.min(odd, indentOf(line))))).join('\n');
}

/** At an indented cursor the first line is not indented once more, unless the code around says so. */
function firstLineOnce(text: string, situation: Situation): string {
  const { linePrefix } = situation;
  const [first = '', ...rest] = text.split('\n');
  const extra = indentOf(first);
  if (situation.syntax.fences || linePrefix === '' || linePrefix.trim() !== '' || extra === 0 || first.trim() === '')
    return text;
  const below = rest.find((line) => line.trim() !== '' && !/^\s*[)\]}]/.test(line));
  const repeated =
    below === undefined || opensBlock(first) ? extra === linePrefix.length : indentOf(below) === linePrefix.length;
  // Deeper than what it opens it cannot be.
  const certain =
    /^\s*\*/.test(first) ||
    (below !== undefined && opensBlock(first) && indentOf(below) <= linePrefix.length + extra) ||
    (below !== undefined && indentOf(below) === extra && /[;{}>,]\s*$/.test(lineAbove(situation) ?? ''));
  return repeated && (certain || !wantsDeeper(first, situation)) ? [first.slice(extra), ...rest].join('\n') : text;
}

/** The lines around stand deeper than the cursor, or the one above opens something or is not finished. */
function wantsDeeper(first: string, situation: Situation): boolean {
  const level = situation.linePrefix.length;
  const below = situation.linesAfter.find((line) => line.trim() !== '');
  if (below !== undefined && indentOf(below) > level) return true;
  const above = lineAbove(situation);
  if (above === undefined || indentOf(above) < level) return false;
  if (indentOf(above) > level) return true;
  if (/^\s*- /.test(above)) return !/^\s*- /.test(first);
  // An element of a list is followed by its neighbour.
  if (/,\s*$/.test(above)) return /[([{][^)\]}]*,\s*$/.test(above);
  return opensBlock(above) || /(?:[=+\-*/&|\\.?]|=>|->|\b(?:then|do|else|begin|of|where))\s*$/.test(above);
}

function lineAbove(situation: Situation): string | undefined {
  return situation.prefix
    .slice(-2000)
    .split('\n')
    .slice(0, -1)
    .findLast((line) => line.trim() !== '');
}

const opensBlock = (line: string): boolean => /[{([:]\s*$/.test(line);
