import type { Situation } from '../situation.ts';
import { indentOf } from '../syntax/balance.ts';
import { scan } from '../syntax/scan.ts';
import { isFromEdge } from './file-indentation.ts';
import type { CutRule } from './filter.ts';

/** Where blocks end by indentation: a line left of the cursor's block belongs to something else. */
export const dedent: CutRule = (text, situation, ended) => {
  if (!situation.syntax.offside || situation.reading?.judge(text, ended)) return undefined;
  const lines = text.split('\n');
  const base = blockIndent(situation, lines[0] ?? '');
  if (base === 0 || (situation.answer === 'chat' && situation.linePrefix.trim() === '' && isFromEdge(lines, situation)))
    return undefined;
  let start = (lines[0] ?? '').length + 1;
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const known = index < lines.length - 1 || ended || /\S/.test(line);
    if (known && line.trim() !== '' && indentOf(line) < base && !goesOn(line) && isCode(text, start, situation))
      return start;
    start += line.length + 1;
  }
  return undefined;
};

function blockIndent(situation: Situation, firstLine: string): number {
  const { linePrefix } = situation;
  if (linePrefix.trim() === '') return firstLine.trim() === '' ? linePrefix.length : indentOf(linePrefix + firstLine);
  return indentOf(linePrefix) + (linePrefix.trimEnd().endsWith(':') ? 1 : 0);
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
