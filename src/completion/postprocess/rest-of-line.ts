import * as l10n from '@vscode/l10n';
import type { Situation } from '../situation.ts';
import { restWithin, standsAfter } from '../standing.ts';
import { unmatchedClosers } from '../syntax/balance.ts';
import { openerOf } from '../syntax/scan.ts';
import { type Filter, wordCharacters } from './filter.ts';

/**
 * The text does not end with what already stands right of the cursor on its line.
 * A closing mark that belongs to the text itself stays: `bar()` before `)` keeps its own.
 */
export const restOfLine: Filter = (text, situation) => {
  const rest = situation.lineSuffix.trimEnd();
  if (rest === '') return text;
  // A line break at the end says nothing about the text before it.
  const kept = withoutRest(rest, text, situation) ?? withoutRest(rest, text.trimEnd(), situation) ?? text;
  return kept.trim() === '' ? { cut: l10n.t('What the model wrote already stands after the cursor.') } : kept;
};

function withoutRest(rest: string, text: string, situation: Situation): string | undefined {
  const uncovered = rest.slice(standsAfter(text, situation).covered);
  return (
    withoutEndOf(rest, text, situation) ?? withoutEndOf(uncovered, text, situation) ?? withoutWholeRest(rest, text)
  );
}

/** `text` without the longest beginning of `rest` it ends with; undefined = it ends with none. */
function withoutEndOf(rest: string, text: string, situation: Situation): string | undefined {
  for (let length = Math.min(rest.length, text.length); length > 0; length--) {
    if (!text.endsWith(rest.slice(0, length))) continue;
    const kept = text.slice(0, -length);
    if (isClean(kept, rest, length) && fits(kept, text, situation)) return kept;
  }
  return undefined;
}

/** Cuts between words and marks only, and a lone operator is no repetition. */
function isClean(kept: string, rest: string, length: number): boolean {
  const overlap = rest.slice(0, length);
  if (joins(kept.slice(-1), overlap.charAt(0)) || joins(overlap.slice(-1), rest.charAt(length))) return false;
  return length === rest.length || length > 2 || /^[)\]}'"`;,>\s]+$/.test(overlap);
}

const joins = (left: string, right: string): boolean => /[\p{L}\p{N}_$]/u.test(left) && /[\p{L}\p{N}_$]/u.test(right);

/** What stays leaves the rest of the line in the brackets and strings it was written in. */
function fits(kept: string, text: string, situation: Situation): boolean {
  const after = standsAfter(kept, situation);
  if (after.within !== restWithin(situation) || after.covered > standsAfter(text, situation).covered) return false;
  return after.opened === orphans(situation);
}

/** Closing brackets right of the cursor for which nothing was opened left of it: they wait for the text's own. */
function orphans(situation: Situation): number {
  const open = situation.open.map((opener) => opener.bracket);
  let count = 0;
  for (const closer of unmatchedClosers(situation.lineSuffix, situation.syntax, restWithin(situation))) {
    if (open.pop() !== openerOf(closer.bracket)) count += 1;
  }
  return count;
}

/** A whole rest that closes nothing, or has words, is repeated however the brackets stand. */
function withoutWholeRest(rest: string, text: string): string | undefined {
  const kept = text.slice(0, -rest.length);
  if (!text.endsWith(rest) || joins(kept.slice(-1), rest.charAt(0))) return undefined;
  return wordCharacters(rest) >= 2 || !/[)\]}'"`]/.test(rest) ? kept : undefined;
}
