import { plainPunctuation } from './line-forms.ts';

/** How alike two lines are, from 0 to 1; blanks and typographic signs count for nothing. */
export function likeness(a: string, b: string): number {
  const left = bare(a);
  const right = bare(b);
  if (left === right) return 1;
  const longest = Math.max(left.length, right.length);
  return 1 - distance(left, right) / longest;
}

/** The line as it is compared: blanks run together, none at its ends. */
export function bare(line: string): string {
  const text = plainPunctuation(line).trim();
  // Most lines have single blanks only.
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

/** Counts of letters: no two lines are more alike than these are. */
export interface Letters {
  readonly length: number;
  readonly counts: Uint16Array;
}

const kinds = 32;

export function lettersOf(line: string): Letters {
  const text = bare(line);
  const counts = new Uint16Array(kinds);
  for (let at = 0; at < text.length && at < comparedLength; at++) {
    const kind = text.charCodeAt(at) % kinds;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return { length: text.length, counts };
}

/** What `likeness` of the two lines is at most. */
export function mostLikeness(a: Letters, b: Letters): number {
  let more = 0;
  let less = 0;
  for (let kind = 0; kind < kinds; kind++) {
    const difference = (a.counts[kind] ?? 0) - (b.counts[kind] ?? 0);
    if (difference > 0) more += difference;
    else less -= difference;
  }
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - Math.max(more, less) / longest;
}

/** How much work it is to compare two lines. */
export const comparing = (a: Letters, b: Letters): number =>
  Math.min(a.length, comparedLength) * Math.min(b.length, comparedLength);

/** A line longer than this is compared by its beginning and its length only. */
const comparedLength = 1000;

/** Levenshtein's distance, in one row. */
function distance(left: string, right: string): number {
  const a = left.slice(0, comparedLength);
  const b = right.slice(0, comparedLength);
  const beyond =
    left.slice(comparedLength) === right.slice(comparedLength)
      ? 0
      : Math.max(left.length, right.length) - Math.min(a.length, b.length);
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return (row[b.length] ?? 0) + beyond;
}
