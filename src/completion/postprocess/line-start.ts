import type { Situation } from '../situation.ts';
import { type Filter, wordCharacters } from './filter.ts';

/** The text does not begin with what already stands left of the cursor: lines, the line's beginning, a blank. */
export const lineStart: Filter = (text, situation) => {
  const own = situation.answer === 'chat' ? withoutLinesAbove(text, situation) : text;
  return withoutDoubleBlank(withoutLinePrefix(own, situation), situation);
};

function withoutLinePrefix(text: string, situation: Situation): string {
  const written = situation.linePrefix.trim();
  const enough = situation.answer === 'chat' ? 1 : 8;
  if (wordCharacters(written) < enough) return text;
  for (const start of [situation.linePrefix, situation.linePrefix.trimStart(), written]) {
    if (text.startsWith(start) && !cutsWord(text, start.length)) return text.slice(start.length);
  }
  return text;
}

const cutsWord = (text: string, index: number): boolean => /\w\w/.test(text.slice(index - 1, index + 1));

function withoutDoubleBlank(text: string, situation: Situation): string {
  const doubled = situation.within === 'code' && /\S $/.test(situation.linePrefix) && /^ \S/.test(text);
  return doubled ? text.slice(1) : text;
}

/** Chat models like to quote a few lines before the place they were asked for. */
function withoutLinesAbove(text: string, situation: Situation): string {
  const above = situation.prefix.split('\n').slice(0, -1);
  const lines = text.split('\n');
  for (let count = Math.min(above.length, lines.length - 1, 30); count > 0; count--) {
    const quoted = lines.slice(0, count);
    const same = quoted.every((line, index) => line.trim() === (above[above.length - count + index] ?? '').trim());
    if (same && wordCharacters(quoted.join('')) >= 4) return lines.slice(count).join('\n');
  }
  return text;
}
