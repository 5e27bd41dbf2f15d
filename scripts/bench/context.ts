// What the prompt knows of a span that is to be written: of the names in the span that do not stand in the shown part
// of its own file, how many stand in the prompt. Beside it the same budget spent on the file alone, and on open files.
import { join } from 'node:path';
import type { Hole } from '../../src/completion/asked.ts';
import { askFor } from '../../src/completion/template.ts';
import { currentFile, type WindowSize } from '../../src/context/current-file.ts';
import { RecentEdits } from '../../src/context/recent-edits.ts';
import { RelatedCode } from '../../src/context/related-code.ts';
import type { ContextFile, ContextPlace } from '../../src/context/related-context.ts';
import { indexOf, similarWindows } from '../../src/context/window-index.ts';
import type { Model } from '../../src/llm/model.ts';
import { root } from '../setup/paths.ts';
import { codeOf, type HiddenSpan, hiddenSpans, namesIn, readRepository } from './context-repository.ts';
import { RepositoryCode } from './context-workspace.ts';
import { median, printFigure } from './figure.ts';

const placesEach = Number(process.env['TUTTI_BENCH_PLACES'] ?? 80);
const seed = Number(process.env['TUTTI_BENCH_SEED'] ?? 20_261_123);
const charactersPerToken = 3;
/** Of all characters: the file around the cursor, and of that what follows it. */
const windowShare = Number(process.env['TUTTI_BENCH_WINDOW'] ?? 0.5);
const suffixShare = Number(process.env['TUTTI_BENCH_SUFFIX'] ?? 0.12);
const typedPlaces = 20;
const typedCharacters = 120;

const repositories = [
  ['Tutti', join(root, 'src')],
  ['ajv', join(root, 'node_modules/ajv/lib')],
  ['undici', join(root, 'node_modules/undici/lib')],
] as const;

const model: Model = {
  ref: 'bench/fim',
  id: 'fim',
  completion: 'openai-completions',
  endpoint: {
    provider: 'bench',
    vendor: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:9/v1',
    keyHeader: 'none',
    headers: {},
    timeouts: { connectMs: 5000, firstTokenMs: 5000, idleMs: 5000 },
    quirks: {},
    local: true,
  },
  facts: { fim: 'qwen' },
};

interface Tally {
  names: number;
  anywhere: number;
  related: number;
  open: number;
  alone: number;
}

const packTimes: number[] = [];
for (const [name, folder] of repositories) {
  const repository = readRepository(name, folder);
  const code = new RepositoryCode(repository);
  const everywhere = new Map([...repository.files].map(([uri, { text }]) => [uri, namesIn(text)]));
  const places = hiddenSpans(repository, placesEach, seed);
  const tallies = new Map(
    [1000, 2000, 4000].map((tokens) => [tokens, { names: 0, anywhere: 0, related: 0, open: 0, alone: 0 }]),
  );
  const same: number[] = [];
  for (const [index, place] of places.entries()) {
    code.begin(place);
    // The language service has its answers; how long it takes is not what is measured.
    await relatedTo(code, place).pack(
      placeOf(place, windowOf(12_000 * windowShare)),
      12_000,
      new AbortController().signal,
    );
    for (const [tokens, tally] of tallies) await count(code, place, tokens * charactersPerToken, tally, everywhere);
    if (index < typedPlaces) same.push(...(await type(code, place, 2000 * charactersPerToken)));
  }
  console.log(`  ${name}: ${places.length} places in ${repository.files.size} files`);
  for (const [tokens, tally] of tallies) printTally(`${name} at ${tokens / 1000}k tokens`, tally);
  printShare(
    `${name}: prompt bytes that stay from key to key`,
    (100 * same.reduce((a, b) => a + b, 0)) / same.length,
    90,
  );
}
// What related code may cost, its own pauses and the language service aside.
printFigure({
  what: 'processor time of a first pack, no file read before',
  unit: 'ms',
  tutti: median(packTimes),
  limit: 30,
});
printFigure({ what: 'similar windows of 20 files of 1000 lines', unit: 'ms', tutti: similarityCost(), limit: 5 });
const [short, long] = [keyCost(100), keyCost(10_000)];
printFigure({ what: 'a key in 10,000 lines, and in 100', unit: 'ms', tutti: long, without: short, limit: 0.1 });

async function count(
  code: RepositoryCode,
  place: HiddenSpan,
  characters: number,
  tally: Tally,
  everywhere: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const window = windowOf(characters * windowShare);
  const at = placeOf(place, window);
  const room = characters - at.prefix.length - at.suffix.length;
  let now = 0;
  const related = relatedTo(code, place, () => now);
  const start = process.cpuUsage();
  await related.pack(at, room, new AbortController().signal);
  const { user, system } = process.cpuUsage(start);
  packTimes.push((user + system) / 1000);
  // On a busy machine some of it was late; a pause lets it in.
  for (let pause = 0; pause < 3; pause++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    now += 1000;
    await related.pack(at, room, new AbortController().signal);
  }
  const pack = await related.pack(at, room, new AbortController().signal);
  const prompts = {
    related: namesIn(promptOf(place, at, pack.files)),
    open: namesIn(promptOf(place, at, whole(place, room))),
    alone: namesIn(promptOf(place, placeOf(place, windowOf(characters)), [])),
  };
  const shown = namesIn(`${at.prefix}${at.suffix}`);
  for (const name of namesIn(codeOf(place.span))) {
    if (shown.has(name)) continue;
    tally.names++;
    const isElsewhere = [...everywhere].some(([uri, names]) => uri !== place.file.uri && names.has(name));
    if (isElsewhere || namesIn(place.before + place.after).has(name)) tally.anywhere++;
    for (const kind of ['related', 'open', 'alone'] as const) if (prompts[kind].has(name)) tally[kind]++;
  }
}

/** The shares of the prompt that each typed character leaves as they were. */
async function type(code: RepositoryCode, place: HiddenSpan, characters: number): Promise<readonly number[]> {
  const related = relatedTo(code, place);
  const shares: number[] = [];
  let previous: string | undefined;
  for (let typed = 0; typed <= Math.min(place.span.length, typedCharacters); typed++) {
    const at = placeOf(place, windowOf(characters * windowShare), typed);
    const { files } = await related.pack(at, characters * (1 - windowShare), new AbortController().signal);
    const prompt = promptOf(place, at, files);
    if (previous !== undefined) {
      let common = 0;
      while (common < previous.length && prompt[common] === previous[common]) common++;
      shares.push(Buffer.byteLength(prompt.slice(0, common)) / Buffer.byteLength(prompt));
    }
    previous = prompt;
  }
  return shares;
}

function similarityCost(): number {
  const sources = [...readRepository('undici', join(root, 'node_modules/undici/lib')).files.values()];
  const lines = sources.flatMap(({ text }) => text.split('\n'));
  const files = Array.from({ length: 20 }, (_, index) =>
    indexOf(lines.slice(index * 1000, index * 1000 + 1000).join('\n')),
  );
  const times = Array.from({ length: 50 }, (_, index) => {
    const query = lines.slice(index * 300, index * 300 + 26).join('\n');
    const start = performance.now();
    similarWindows(query, files, 12);
    return performance.now() - start;
  });
  return median(times);
}

/** Of one key that is typed into a file of so many lines, which has edits elsewhere. */
function keyCost(lineCount: number): number {
  const text = 'const value = other.call(thing);\n'.repeat(lineCount);
  const edits = new RecentEdits();
  edits.opened({ uri: 'a', path: 'a.ts', languageId: 'typescript', text });
  for (let place = 0; place < 40; place++)
    edits.changed('a', [{ offset: Math.floor((text.length * place) / 41), removedLength: 1, insertedText: 'x' }]);
  const times = Array.from({ length: 1000 }, (_, key) => {
    const start = performance.now();
    edits.changed('a', [{ offset: text.length / 2 + key, removedLength: 0, insertedText: 'k' }]);
    return performance.now() - start;
  });
  return median(times);
}

function windowOf(characters: number): WindowSize {
  const suffixCharacters = Math.floor(characters * suffixShare);
  return { prefixCharacters: Math.floor(characters) - suffixCharacters, suffixCharacters };
}

function placeOf({ file, before, span, after }: HiddenSpan, window: WindowSize, typed = 0): ContextPlace {
  const text = before + span.slice(0, typed) + after;
  const offset = before.length + typed;
  const source = { length: text.length, text: (start: number, end: number) => text.slice(Math.max(0, start), end) };
  const { uri, path, languageId } = file;
  return { uri, path, languageId, offset, ...currentFile(source, offset, window) };
}

/** Somebody has looked at some files, changed two of them, and is now in another. */
function relatedTo(code: RepositoryCode, place: HiddenSpan, now?: () => number): RelatedCode {
  const edits = new RecentEdits();
  for (const file of place.recent) {
    const own = place.edits.filter((edit) => edit.file === file).sort((a, b) => a.start - b.start);
    const apart = own.filter((edit, index) => index === 0 || edit.start > (own[index - 1]?.end ?? 0));
    let text = file.text;
    for (const { start, end } of apart.toReversed()) text = text.slice(0, start) + text.slice(end);
    edits.opened({ ...file, text });
    for (const { start, end } of apart)
      edits.changed(file.uri, [{ offset: start, removedLength: 0, insertedText: file.text.slice(start, end) }]);
  }
  edits.opened({ ...place.file, text: place.before + place.after });
  return new RelatedCode(code, edits, now && { now });
}

function promptOf(place: HiddenSpan, { path, languageId, prefix, suffix }: ContextPlace, extra: Hole['extra']): string {
  const asked = askFor(model, { path, languageId, prefix, suffix, maxLines: 20, extra });
  if ('unsupported' in asked) throw new Error(`${place.file.path}: ${asked.unsupported}`);
  return asked.prompt;
}

/** Open files as they are, the latest nearest to the file itself, as many characters as there is room for. */
function whole({ recent }: HiddenSpan, characters: number): readonly ContextFile[] {
  let room = characters;
  const files: ContextFile[] = [];
  for (const { path, text } of recent) {
    if (room <= 0) break;
    files.unshift({ filename: path, text: text.slice(0, room), uris: [] });
    room -= text.length + path.length;
  }
  return files;
}

function printTally(what: string, { names, anywhere, related, open, alone }: Tally): void {
  const share = (part: number): string => `${((100 * part) / names).toFixed(1)} %`;
  const better = related > open && related > alone;
  console.log(
    `${better ? '✓' : '✗'} ${what}: ${share(related)} of ${names} names, ${share(open)} with open files, ${share(alone)} with the file alone; ${share(anywhere)} stand anywhere`,
  );
}

function printShare(what: string, share: number, least: number): void {
  console.log(`${share >= least ? '✓' : '✗'} ${what}: ${share.toFixed(1)} %, at least ${least} %`);
}
