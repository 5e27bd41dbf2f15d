import * as l10n from '@vscode/l10n';
import type { Situation } from '../situation.ts';
import { indentOf } from '../syntax/balance.ts';
import { scan } from '../syntax/scan.ts';
import { type Filter, wordCharacters } from './filter.ts';

/** The text does not end with the lines that already follow the cursor's line. */
export const linesBelow: Filter = (text, situation) => {
  if (!mayReachBelow(text, situation)) return text;
  const below = situation.linesAfter.filter((line) => line.trim() !== '');
  const lines = linesWithStart(text, situation).filter((line) => line.text.trim() !== '');
  for (const [index, line] of lines.entries()) {
    const tail = lines.slice(index).map((entry) => entry.text);
    if (!tail.every((own, offset) => same(own, below[offset]) || isBegun(tail, offset, below[offset]))) continue;
    if (line.start === 0) return { cut: l10n.t('The model only repeated what follows the cursor.') };
    if (isRepeated(text, line.start, tail, situation)) return text.slice(0, line.start);
  }
  return text;
};

/** Words that follow on the line come before the lines below, so the text has to have them too. */
function mayReachBelow(text: string, situation: Situation): boolean {
  const rest = situation.lineSuffix.trimEnd();
  return wordCharacters(rest) === 0 || (text.split('\n', 1)[0] ?? '').trimEnd().endsWith(rest);
}

/**
 * Lines that say something are repeated. A bare bracket may close what the text itself opened,
 * unless the one below has nothing else to close.
 */
function isRepeated(text: string, start: number, tail: readonly string[], situation: Situation): boolean {
  if (wordCharacters(tail.join('')) >= 8) return true;
  if (openBrackets(text.slice(0, start), situation) <= Math.max(0, openBrackets(text, situation))) return true;
  return !situation.open.some((opener) => opener.indent === indentOf(tail[0] ?? ''));
}

function same(own: string, below: string | undefined): boolean {
  if (below === undefined) return false;
  if (own.trimEnd() === below.trimEnd()) return true;
  return wordCharacters(own) >= 8 && own.trim() === below.trim();
}

/** The last line is broken off, after others that were repeated whole, or after saying enough. */
function isBegun(tail: readonly string[], offset: number, below: string | undefined): boolean {
  const own = (tail[offset] ?? '').trimEnd();
  if (below === undefined || offset !== tail.length - 1 || !below.startsWith(own)) return false;
  return wordCharacters(own) >= 12 || (offset > 0 && wordCharacters(tail.join('')) >= 4);
}

/** Lines of the file as they would be; the first one has what stands left of the cursor. */
function linesWithStart(
  text: string,
  situation: Situation,
): readonly { readonly text: string; readonly start: number }[] {
  let start = 0;
  return text.split('\n').map((line, index) => {
    const entry = { text: index === 0 ? situation.linePrefix + line : line, start };
    start += line.length + 1;
    return entry;
  });
}

function openBrackets(text: string, situation: Situation): number {
  let depth = 0;
  for (const token of scan(text, situation.syntax, situation.within).tokens) {
    if (token.kind === 'open') depth += 1;
    else if (token.kind === 'close') depth -= 1;
  }
  return depth;
}
