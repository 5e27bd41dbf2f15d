import { type CutRule, wordCharacters } from './filter.ts';

const longestCycle = 6;

/** The model goes round in circles: the same lines again and again. The first round stays. */
export const loop: CutRule = (text, _situation, ended) => {
  const lines = text.split('\n');
  if (!ended) lines.pop();
  for (let end = 1; end <= lines.length; end++) {
    for (let cycle = 1; cycle <= longestCycle; cycle++) {
      const rounds = roundsNeeded(lines.slice(end - cycle, end));
      if (rounds * cycle <= end && repeats(lines, end, cycle, rounds)) {
        return lines.slice(0, end - (rounds - 1) * cycle).join('\n').length;
      }
    }
  }
  return undefined;
};

/** Lines that say much repeat by mistake; zeros of a table, bare brackets and rules may well be meant. */
function roundsNeeded(cycle: readonly string[]): number {
  const said = cycle.join('');
  if (wordCharacters(said) === 0) return Number.POSITIVE_INFINITY;
  const letters = said.match(/[\p{L}_]/gu)?.length ?? 0;
  return letters / cycle.length >= 5 ? 3 : 8;
}

function repeats(lines: readonly string[], end: number, cycle: number, rounds: number): boolean {
  for (let index = end - 1; index >= end - (rounds - 1) * cycle; index--) {
    if (lines[index] !== lines[index - cycle]) return false;
  }
  return true;
}
