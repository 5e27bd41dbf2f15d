import { median, printFigure } from './figure.ts';
import type { Burst } from './typing-burst.ts';

/** The value that a share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One line of plain facts about some bursts, medians of a burst where nothing else is said. */
export function printBursts(what: string, bursts: readonly Burst[]): void {
  const typical = (read: (burst: Burst) => number): string => median(bursts.map(read)).toFixed(0);
  const all = (read: (burst: Burst) => readonly number[]): readonly number[] => bursts.flatMap(read);
  const spread = (values: readonly number[]): string =>
    values.length === 0 ? '–' : `${quantile(values, 0.5).toFixed(0)}/${quantile(values, 0.95).toFixed(0)} ms`;
  const facts = [
    `${typical(({ requests }) => requests)} requests (${typical(({ ahead }) => ahead)} ahead)`,
    `${typical(({ aborted }) => aborted)} aborted`,
    `${typical(({ bytesIn }) => bytesIn / 1000)} kB to and ${typical(({ bytesOut }) => bytesOut / 1000)} kB from the server`,
    `key → text p50/p95 ${spread(all(({ latencies }) => latencies))}`,
    `unforeseen key → text ${spread(all(({ unforeseen }) => unforeseen))}`,
    `last key → text ${typical(({ lastKey }) => lastKey)} ms`,
    `${total(bursts, ({ matching }) => matching)} keys matched, ${total(bursts, ({ lost }) => lost)} lost the text, ${total(bursts, ({ askedAgain }) => askedAgain)} asked again`,
    `gone at ${bursts.flatMap(({ gone }) => gone.map(({ key, frames }) => `${JSON.stringify(key)} for ${frames} frames`)).join(', ') || '–'}`,
    `abort seen after ${spread(all(({ aborts }) => aborts))}`,
  ];
  console.log(`  ${what}: ${facts.join('; ')}`);
}

/** Tutti's times beside those of the provider that only asks: 15 ms at the median and 30 ms at the 95th percentile. */
export function compareTimes(what: string, tutti: readonly number[], empty: readonly number[]): void {
  const times = (share: number) => ({ tutti: quantile(tutti, share), without: quantile(empty, share) });
  printFigure({ what: `${what}, p50`, unit: 'ms', limit: 15, ...times(0.5) });
  printFigure({ what: `${what}, p95`, unit: 'ms', limit: 30, ...times(0.95) });
}

/** What holds for every burst of Tutti's: what is at hand stays and is not asked for again. */
export function checkBursts(what: string, bursts: readonly Burst[], mostRequests: number): void {
  const matching = total(bursts, (burst) => burst.matching);
  const count = (part: string, tutti: number, limit: number): void =>
    printFigure({ what: `${what}: ${part}`, unit: '×', tutti, limit });
  count(
    `ghost text lost while it was typed, of ${matching} keys`,
    total(bursts, ({ lost }) => lost),
    0,
  );
  count(
    'asked for what was at hand',
    total(bursts, ({ askedAgain }) => askedAgain),
    0,
  );
  count('most requests in a burst', Math.max(...bursts.map(({ requests }) => requests)), mostRequests);
}

const total = (bursts: readonly Burst[], read: (burst: Burst) => number): number =>
  bursts.reduce((sum, burst) => sum + read(burst), 0);
