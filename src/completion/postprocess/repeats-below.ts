import type { Situation } from '../situation.ts';
import { scan } from '../syntax/scan.ts';
import { type CutRule, wordCharacters } from './filter.ts';

const twoLines = 12;
const oneLine = 20;

/** The text has run into the lines that already follow the cursor, and goes on repeating them. */
export const repeatsBelow: CutRule = (text, situation) => {
  const below = situation.linesAfter.filter((line) => line.trim() !== '').slice(0, 2);
  const [first, second] = below;
  if (first === undefined) return undefined;
  const lines = text.split('\n');
  // The last line may still grow.
  const complete = lines.slice(0, -1);
  let start = 0;
  for (const [index, line] of complete.entries()) {
    const whole = index === 0 ? situation.linePrefix + line : line;
    if (same(whole, first) && atLevelZero(text, start, situation)) {
      if (wordCharacters(first) >= oneLine) return start;
      const following = complete.slice(index + 1).find((candidate) => candidate.trim() !== '');
      if (second !== undefined && following !== undefined && same(following, second)) {
        if (wordCharacters(first) + wordCharacters(second) >= twoLines) return start;
      }
    }
    start += line.length + 1;
  }
  return undefined;
};

const same = (one: string, other: string): boolean => one.trimEnd() === other.trimEnd();

function atLevelZero(text: string, index: number, situation: Situation): boolean {
  let depth = 0;
  for (const token of scan(text.slice(0, index), situation.syntax, situation.within).tokens) {
    if (token.kind === 'open') depth += 1;
    else if (token.kind === 'close') depth -= 1;
  }
  return depth <= 0;
}
