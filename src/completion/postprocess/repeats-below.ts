import type { Situation } from '../situation.ts';
import { scan } from '../syntax/scan.ts';
import { type CutRule, wordCharacters } from './filter.ts';

const someLines = 12;
const oneLine = 20;
/** So much is no chance, however deep the text is in blocks of its own. */
const atAnyLevel = 30;
const mostLines = 6;

/** The text has run into the lines that already follow the cursor, and goes on repeating them. */
export const repeatsBelow: CutRule = (text, situation) => {
  const below = situation.linesAfter.filter((line) => line.trim() !== '').slice(0, mostLines);
  const [first] = below;
  if (first === undefined || !`${situation.linePrefix}${text}`.includes(first.trimEnd())) return undefined;
  const lines = text.split('\n');
  // The last line may still grow.
  const complete = lines.slice(0, -1);
  let start = 0;
  for (const [index, line] of complete.entries()) {
    const whole = index === 0 ? situation.linePrefix + line : line;
    if (same(whole, first)) {
      const { count, said } = repeated(complete.slice(index), situation.linePrefix, index === 0, below);
      const level = atLevelZero(text, start, situation);
      if (level && (wordCharacters(first) >= oneLine || (count > 1 && said >= someLines))) return start;
      if (count > 2 && said >= atAnyLevel) return start;
    }
    start += line.length + 1;
  }
  return undefined;
};

/** How many lines are the same, and what they say. */
function repeated(
  lines: readonly string[],
  linePrefix: string,
  atCursor: boolean,
  below: readonly string[],
): { readonly count: number; readonly said: number } {
  let count = 0;
  let said = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const expected = below[count];
    if (expected === undefined || !same(atCursor && index === 0 ? linePrefix + line : line, expected)) break;
    count += 1;
    said += wordCharacters(line);
  }
  return { count, said };
}

const same = (one: string, other: string): boolean => one.trimEnd() === other.trimEnd();

function atLevelZero(text: string, index: number, situation: Situation): boolean {
  let depth = 0;
  for (const token of scan(text.slice(0, index), situation.syntax, situation.within).tokens) {
    if (token.kind === 'open') depth += 1;
    else if (token.kind === 'close') depth -= 1;
  }
  return depth <= 0;
}
