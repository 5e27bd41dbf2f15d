import type { Situation } from '../situation.ts';
import { wordCharacters } from './filter.ts';

const mostLines = 30;

/**
 * The answer of a chat model without what it quotes of the text left of the cursor: lines above, the line's beginning.
 * Undefined = it may still turn out to be a quotation.
 */
export function withoutEcho(text: string, situation: Situation, ended: boolean): string | undefined {
  const above = situation.prefix.slice(-8000).split('\n');
  const lines = text.split('\n', mostLines + 1);
  for (let count = Math.min(mostLines, above.length - 1); count >= 0; count--) {
    const quoted = above.slice(above.length - 1 - count, -1);
    if (count > 0 && wordCharacters(quoted.join('')) < 4) continue;
    const read = readQuoted(quoted, lines, situation.linePrefix, ended);
    if (read === 'maybe') return undefined;
    if (read !== 'no') return text.slice(read);
  }
  return text;
}

/** How many characters of the text are quoted lines and the beginning of the cursor's own. */
function readQuoted(
  quoted: readonly string[],
  lines: readonly string[],
  linePrefix: string,
  ended: boolean,
): number | 'maybe' | 'no' {
  let length = 0;
  for (const [index, line] of quoted.entries()) {
    const own = lines[index] ?? '';
    if (index >= lines.length - 1) {
      return !ended && line.trim().startsWith(own.trim()) ? 'maybe' : 'no';
    }
    if (own.trim() !== line.trim()) return 'no';
    length += own.length + 1;
  }
  const own = lines[quoted.length] ?? '';
  const growing = !ended && quoted.length === lines.length - 1;
  const begun = readBeginning(own, linePrefix, quoted.length > 0, growing);
  return typeof begun === 'number' ? length + begun : begun;
}

function readBeginning(
  own: string,
  linePrefix: string,
  afterLines: boolean,
  growing: boolean,
): number | 'maybe' | 'no' {
  const written = linePrefix.trim();
  if (written === '') {
    if (!afterLines) return 'no';
    if (growing && own.trim() === '') return 'maybe';
    return own.startsWith(linePrefix) ? linePrefix.length : 0;
  }
  const indent = own.length - own.trimStart().length;
  const rest = own.slice(indent);
  if (growing && rest.length <= linePrefix.trimStart().length && linePrefix.trimStart().startsWith(rest))
    return 'maybe';
  if (!rest.startsWith(written)) return 'no';
  if (!afterLines && !isQuoted(own, linePrefix)) return 'no';
  const trailing = linePrefix.slice(linePrefix.trimEnd().length);
  return indent + written.length + (rest.startsWith(trailing, written.length) ? trailing.length : 0);
}

/** Also in the middle of a word, where it begins like the line; with its indentation, also what has no words. */
function isQuoted(own: string, linePrefix: string): boolean {
  const written = linePrefix.trim();
  if (/^\s/.test(linePrefix) && own.startsWith(linePrefix)) return true;
  if (wordCharacters(written) === 0) return false;
  return written.length >= 3 || !cutsWord(own.trimStart(), written.length);
}

const cutsWord = (text: string, index: number): boolean => /\w\w/.test(text.slice(index - 1, index + 1));

/** Nobody writes that a second time by chance, not even when the cursor is in the middle of a word. */
export const saysMuch = (written: string): boolean => wordCharacters(written) >= 8 && /\W/.test(written);
