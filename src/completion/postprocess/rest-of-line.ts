import type { Situation } from '../situation.ts';
import { standsAfter } from '../standing.ts';
import { type Filter, wordCharacters } from './filter.ts';

/**
 * The text does not end with what already stands right of the cursor on its line.
 * A closing mark that belongs to the text itself stays: `bar()` before `)` keeps its own.
 */
export const restOfLine: Filter = (text, situation) => {
  const rest = situation.lineSuffix.trimEnd();
  if (rest === '') return text;
  const kept = withoutEndOf(rest, text, situation) ?? withoutEndOf(uncovered(rest, text, situation), text, situation);
  const result = kept ?? withoutWholeRest(text, rest);
  return result.trim() === '' ? { cut: 'What the model wrote already stands after the cursor.' } : result;
};

/** `text` without the longest beginning of `rest` it ends with; undefined = it ends with none. */
function withoutEndOf(rest: string, text: string, situation: Situation): string | undefined {
  for (let length = Math.min(rest.length, text.length); length > 0; length--) {
    if (!text.endsWith(rest.slice(0, length))) continue;
    const kept = text.slice(0, -length);
    if (isClean(kept, rest, length) && fits(kept, text, situation)) return kept;
  }
  return undefined;
}

const uncovered = (rest: string, text: string, situation: Situation): string =>
  rest.slice(standsAfter(text, situation).covered);

/** Cuts between words and marks only, and a lone operator is no repetition. */
function isClean(kept: string, rest: string, length: number): boolean {
  const overlap = rest.slice(0, length);
  if (joins(kept.slice(-1), overlap.charAt(0)) || joins(overlap.slice(-1), rest.charAt(length))) return false;
  return length === rest.length || length > 2 || /^[)\]}'"`;,>\s]+$/.test(overlap);
}

const joins = (left: string, right: string): boolean => /[\p{L}\p{N}_$]/u.test(left) && /[\p{L}\p{N}_$]/u.test(right);

/** What stays leaves the rest of the line in the brackets and strings it was written in. */
function fits(kept: string, text: string, situation: Situation): boolean {
  const before = standsAfter(text, situation);
  const after = standsAfter(kept, situation);
  return after.within === situation.within && after.opened === 0 && after.covered <= before.covered;
}

/** Where the scanner lost its way, a literal repetition of several words still is one. */
function withoutWholeRest(text: string, rest: string): string {
  const kept = text.slice(0, -rest.length);
  if (!text.endsWith(rest) || wordCharacters(rest) < 4 || joins(kept.slice(-1), rest.charAt(0))) return text;
  return kept;
}
