import { type CutRule, wordCharacters } from './filter.ts';

const longestCycle = 6;

const mostRounds = 8;

/** The model goes round in circles: the same lines again and again. The first round stays. */
export const loop: CutRule = (text, _situation, ended) => {
  // Circles that end further above were seen when their last line came.
  if (!ended && !text.endsWith('\n')) return undefined;
  const ends = lastLineEnds(text, !text.endsWith('\n'), longestCycle * mostRounds + 1);
  const lines = ends.slice(1).map((end, index) => text.slice((ends[index] ?? 0) + 1, end));
  for (let cycle = 1; cycle <= Math.min(longestCycle, lines.length); cycle++) {
    if (lines.at(-1) !== lines.at(-1 - cycle)) continue;
    const rounds = roundsNeeded(lines.slice(-cycle));
    if (rounds * cycle > lines.length || !repeats(lines, cycle, rounds)) continue;
    return ends[ends.length - 1 - (rounds - 1) * cycle];
  }
  return undefined;
};

/** Where the last lines end, and before them where the line above the first of them does. */
function lastLineEnds(text: string, withOpenEnd: boolean, most: number): readonly number[] {
  const ends = withOpenEnd ? [text.length] : [];
  for (let from = text.length; from > 0 && ends.length < most; ) {
    from = text.lastIndexOf('\n', from - 1);
    if (from < 0) break;
    ends.push(from);
  }
  if (ends.length < most) ends.push(-1);
  return ends.reverse();
}

/** Lines that say much repeat by mistake; zeros of a table, bare brackets and rules may well be meant. */
function roundsNeeded(cycle: readonly string[]): number {
  const said = cycle.join('');
  if (wordCharacters(said) === 0) return Number.POSITIVE_INFINITY;
  const letters = said.match(/[\p{L}_]/gu)?.length ?? 0;
  return letters / cycle.length >= 5 ? 3 : mostRounds;
}

function repeats(lines: readonly string[], cycle: number, rounds: number): boolean {
  for (let index = lines.length - 1; index >= lines.length - (rounds - 1) * cycle; index--) {
    if (lines[index] !== lines[index - cycle]) return false;
  }
  return true;
}
