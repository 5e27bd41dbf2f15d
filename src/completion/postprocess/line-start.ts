import type { Situation } from '../situation.ts';
import { saysMuch } from './echo.ts';
import { type Filter, wordCharacters } from './filter.ts';

/** The text does not begin with what already stands left of the cursor: the line's beginning, a blank. */
export const lineStart: Filter = (text, situation) => withoutDoubleBlank(withoutLinePrefix(text, situation), situation);

function withoutLinePrefix(text: string, situation: Situation): string {
  const written = situation.linePrefix.trim();
  if (wordCharacters(written) < 8) return text;
  for (const start of [situation.linePrefix, situation.linePrefix.trimStart(), written]) {
    if (text.startsWith(start) && (saysMuch(written) || !cutsWord(text, start.length))) return text.slice(start.length);
  }
  return text;
}

const cutsWord = (text: string, index: number): boolean => /\w\w/.test(text.slice(index - 1, index + 1));

function withoutDoubleBlank(text: string, situation: Situation): string {
  const doubled = situation.within === 'code' && /\S $/.test(situation.linePrefix) && /^ \S/.test(text);
  return doubled ? text.slice(1) : text;
}
