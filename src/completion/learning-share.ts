/** Words and signs; whitespace is nobody's work. */
const tokenPattern = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
/** A suggestion of this many is some hundred lines long. */
const mostTokens = 2000;

/**
 * How much of `text` is still in `now`, from 0 to 1: its words and signs that stand there in the same order.
 * Where `now` is much longer, the stretch that is most like the text counts.
 */
export function shareKept(text: string, now: string): number {
  const wanted = tokensOf(text).slice(0, mostTokens);
  if (wanted.length === 0) return 1;
  return commonInOrder(wanted, mostAlike(wanted, tokensOf(now))) / wanted.length;
}

const tokensOf = (text: string): readonly string[] => text.match(tokenPattern) ?? [];

/** The stretch with most of the tokens of `wanted`, in whatever order, and as much again behind it. */
function mostAlike(wanted: readonly string[], all: readonly string[]): readonly string[] {
  const length = Math.ceil(wanted.length * 1.5) + 4;
  if (all.length <= length) return all;
  const missing = new Map<string, number>();
  for (const token of wanted) missing.set(token, (missing.get(token) ?? 0) + 1);
  let [alike, best, bestEnd] = [0, -1, 0];
  for (const [index, token] of all.entries()) {
    const left = missing.get(token);
    if (left !== undefined) {
      if (left > 0) alike += 1;
      missing.set(token, left - 1);
    }
    const gone = all[index - length];
    const owed = gone === undefined ? undefined : missing.get(gone);
    if (gone !== undefined && owed !== undefined) {
      if (owed >= 0) alike -= 1;
      missing.set(gone, owed + 1);
    }
    if (alike > best) [best, bestEnd] = [alike, index + 1];
  }
  // A sign that stands everywhere, such as a semicolon, may have been found early; its own place is a little on.
  return all.slice(Math.max(0, bestEnd - length), bestEnd + wanted.length);
}

/** Length of the longest sequence that both have in this order. */
function commonInOrder(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const token of one) {
    const next = [0];
    for (const [column, candidate] of other.entries()) {
      const diagonal = row[column] ?? 0;
      next.push(candidate === token ? diagonal + 1 : Math.max(row[column + 1] ?? 0, next[column] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
