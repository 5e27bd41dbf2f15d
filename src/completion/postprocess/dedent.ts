import type { Situation } from '../situation.ts';
import { indentOf } from '../syntax/balance.ts';
import { scan } from '../syntax/scan.ts';
import { isFromEdge } from './file-indentation.ts';
import type { CutRule } from './filter.ts';

/** Where blocks end by indentation: a line left of the cursor's block belongs to something else. */
export const dedent: CutRule = (text, situation, ended) => {
  if (!situation.syntax.offside || situation.reading?.judge(text, ended)) return undefined;
  // Lines before the last were looked at when they were the last.
  const start = text.lastIndexOf('\n', text.length - 2) + 1;
  const line = text.slice(start);
  if (start === 0 || line.trim() === '') return undefined;
  const base = blockIndent(situation, text.slice(0, text.indexOf('\n')));
  if (base === 0 || widthOf(line, situation) >= base || goesOn(line)) return undefined;
  if (situation.answer === 'chat' && situation.linePrefix.trim() === '' && isFromEdge(text.split('\n'), situation))
    return undefined;
  return isCode(text, start, situation) ? start : undefined;
};

function blockIndent(situation: Situation, firstLine: string): number {
  const { linePrefix } = situation;
  if (linePrefix.trim() === '') return widthOf(linePrefix === '' ? firstLine : linePrefix, situation);
  return widthOf(linePrefix, situation) + (linePrefix.trimEnd().endsWith(':') ? 1 : 0);
}

/** A tab counts as many blanks as the file's level has: models do not always write the file's own. */
function widthOf(line: string, { indentation }: Situation): number {
  const blanks = line.slice(0, indentOf(line));
  return blanks.replaceAll('\t', ' '.repeat(indentation?.tabSize ?? 4)).length;
}

/** Also a word that may still become `else`: the stream can have been read in its middle. */
function goesOn(line: string): boolean {
  const head = line.trimStart();
  if (/^[)\]}]/.test(head)) return true;
  const word = /^\w*/.exec(head)?.[0] ?? '';
  return word !== '' && continuations.some((keyword) => keyword.startsWith(word));
}

const continuations = ['elif', 'else', 'except', 'finally', 'case'];

function isCode(text: string, lineStart: number, situation: Situation): boolean {
  const { tokens, end } = scan(text.slice(0, lineStart), situation.syntax, situation.within);
  let depth = 0;
  for (const token of tokens) depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
  return end === 'code' && depth <= 0;
}
