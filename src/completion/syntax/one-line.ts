import { syntaxOf } from './languages.ts';
import { scan } from './scan.ts';

/**
 * Text between words of a line stays on it, as does the head of a block that stands there (`if (|) {`), a short
 * string and a comment behind code. At a line's end, before nothing but closing marks, and before the first word
 * of a line there is room for more lines.
 */
export function isOneLine(before: string, after: string, languageId: string): boolean {
  const linePrefix = before.slice(before.lastIndexOf('\n') + 1);
  const lineSuffix = after.split('\n', 1)[0] ?? '';
  if (linePrefix.trim() === '') return false;
  if (/[\p{L}\p{N}_$]/u.test(lineSuffix)) return true;
  const syntax = syntaxOf(languageId);
  if (syntax.prose) return false;
  if (/[)\]].*(?:\{|:)\s*$/.test(lineSuffix) || (syntax.offside && /^\s*:\s*$/.test(lineSuffix))) return true;
  const within = scan(before, syntax).end;
  if (within === 'line-comment')
    return scan(linePrefix, syntax).end === within && !isComment(linePrefix, syntax.lineComments);
  return syntax.quotes.includes(within) && lineSuffix.includes(within);
}

const isComment = (line: string, marks: readonly string[]): boolean =>
  marks.some((mark) => line.trimStart().startsWith(mark));
