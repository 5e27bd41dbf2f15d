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
  return plainPunctuation(line).trim().replace(/\s+/g, ' ');
}

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
