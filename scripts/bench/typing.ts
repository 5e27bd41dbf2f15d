// What typing is like in the real VS Code: 60 keys at 80 ms, with a server that knows what is going to be typed,
// beside a provider that asks such a server at every key and does nothing else.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptedModel } from '../../test/support/make-gguf.ts';
import { printFigure } from './figure.ts';
import { type Burst, typeBurst } from './typing-burst.ts';
import { embeddedInfill, typeWithEmbedded } from './typing-embedded.ts';
import { fileToTypeIn, type Kind, languages, type Passage } from './typing-passages.ts';
import { checkBursts, compareTimes, printBursts, quantile } from './typing-report.ts';
import { slowFile, typeAtSlowServer } from './typing-slow.ts';
import { openBaseline, openLocal, openPaid, type TypingWindow } from './typing-windows.ts';

const rounds = Number(process.env['TUTTI_BENCH_ROUNDS'] ?? 2);
const delays = [0, 150];

/** Places of a file from its end to its top; line breaks that are typed move only those below. */
const warmUp = 0;
const expected = (delay: number, round: number): number => 1 + delays.indexOf(delay) * rounds + round;
const contradicting = (delay: number, round: number): number => delays.length * rounds + expected(delay, round);
const embedded = 1 + 2 * delays.length * rounds;
const kinds = Array.from({ length: embedded + 1 }, (_, nth): Kind => {
  return nth >= contradicting(delays[0] ?? 0, 0) && nth < embedded ? 'contradicting' : 'expected';
});

const folder = await mkdtemp(join(tmpdir(), 'tutti-typing-'));
const modelFile = join(folder, 'scripted.gguf');
await writeFile(modelFile, scriptedModel({ reply: ['Hello'], infill: embeddedInfill }));
await writeFile(join(folder, slowFile.name), slowFile.text);
const files = languages.map((language) => ({ ...language, ...fileToTypeIn(language, kinds.toReversed()) }));
for (const { file, text } of files) await writeFile(join(folder, file), text);

/** The same place in each language's file. */
function places(nth: number): readonly Passage[] {
  return files.flatMap(({ passages }) => passages.at(-1 - nth) ?? []);
}

function allRounds(delay: number, placeOf: (delay: number, round: number) => number): readonly Passage[] {
  return Array.from({ length: rounds }, (_, round) => places(placeOf(delay, round))).flat();
}

await using local = await openLocal(folder, modelFile);
await using empty = await openBaseline(folder);
for (const passage of places(warmUp)) await both([local, empty], passage, 0);

for (const delay of delays) {
  const bursts = await compared(allRounds(delay, expected), delay);
  const what = `${delay} ms to the first token, typed as expected`;
  print(what, bursts);
  compareTimes(`${what}: key to text`, ...times(bursts, ({ latencies }) => latencies));
  compareTimes(`${what}: last key to text`, ...times(bursts, ({ lastKey }) => [lastKey]));
  checkBursts(what, bursts.tutti, 60);
}
for (const delay of delays) {
  const bursts = await compared(allRounds(delay, contradicting), delay);
  const what = `${delay} ms to the first token, every tenth key another`;
  print(what, bursts);
  compareTimes(`${what}: that key to text`, ...times(bursts, ({ unforeseen }) => unforeseen));
  compareTimes(`${what}: last key to text`, ...times(bursts, ({ lastKey }) => [lastKey]));
  checkBursts(what, bursts.tutti, 60);
}

const slow = await typeAtSlowServer(local);
const slowEmpty = await typeAtSlowServer(empty);
// What is measured of these is not the time, so they may run side by side.
const [paidBursts, inside] = await Promise.all([typePaid(), typeWithEmbedded(local, places(embedded))]);
for (const [what, bursts] of paidBursts) {
  printBursts(what, bursts);
  checkBursts(what, bursts, 12);
}

const insideBursts = inside.map(({ burst, outcomes }) => ({ ...burst, requests: outcomes.length }));
printBursts('the model inside', insideBursts);
console.log(`  its requests ended as: ${inside.map(({ outcomes }) => outcomes.join(' ')).join(' | ')}`);
checkBursts('the model inside', insideBursts, 60);

const lastOf = (values: readonly number[]): number => quantile(values, 0.5);
console.log(
  `  40 lines at 20 ms: whole text after ${lastOf(slow.wholeText).toFixed(0)} ms, by the empty provider ${lastOf(slowEmpty.wholeText).toFixed(0)} ms`,
);
printFigure({ what: '40 lines at 20 ms: key to first text', unit: 'ms', tutti: lastOf(slow.firstText), limit: 250 });
printFigure({ what: 'contradicting key to abort, p50', unit: 'ms', tutti: quantile(slow.aborts, 0.5), limit: 50 });
printFigure({ what: 'contradicting key to abort, longest', unit: 'ms', tutti: Math.max(...slow.aborts), limit: 50 });
console.log(
  `  load of the machine: ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
await rm(folder, { recursive: true });

interface Compared {
  readonly tutti: readonly Burst[];
  readonly empty: readonly Burst[];
}

/** The same keys at the same time in both windows, so that a busy machine is busy for both. */
async function compared(passages: readonly Passage[], delay: number): Promise<Compared> {
  const bursts: Burst[][] = [];
  for (const passage of passages) bursts.push(await both([local, empty], passage, delay));
  return { tutti: bursts.flatMap(([one]) => one ?? []), empty: bursts.flatMap(([, other]) => other ?? []) };
}

function both(windows: readonly TypingWindow[], passage: Passage, delay: number): Promise<Burst[]> {
  return Promise.all(windows.map((window) => typeBurst(window, passage, delay)));
}

/** From the end of the files to their top, as the rest. */
async function typePaid(): Promise<ReadonlyMap<string, readonly Burst[]>> {
  await using paid = await openPaid(folder);
  const all = new Map<string, readonly Burst[]>();
  const type = async (what: string, delay: number, nth: number): Promise<void> => {
    const bursts: Burst[] = [];
    for (const passage of places(nth)) bursts.push(await typeBurst(paid, passage, delay));
    all.set(`paid, ${delay} ms to the first token, ${what}`, bursts);
  };
  for (const delay of delays) await type('typed as expected', delay, expected(delay, 0));
  for (const delay of delays) await type('every tenth key another', delay, contradicting(delay, 0));
  return all;
}

function print(what: string, { tutti, empty }: Compared): void {
  for (const [nth, { name }] of languages.entries()) {
    const ofLanguage = (bursts: readonly Burst[]): readonly Burst[] =>
      bursts.filter((_, at) => at % languages.length === nth);
    printBursts(`${what}, ${name}, Tutti`, ofLanguage(tutti));
    printBursts(`${what}, ${name}, empty provider`, ofLanguage(empty));
  }
}

function times(
  { tutti, empty }: Compared,
  read: (burst: Burst) => readonly number[],
): [readonly number[], readonly number[]] {
  return [tutti.flatMap(read), empty.flatMap(read)];
}
