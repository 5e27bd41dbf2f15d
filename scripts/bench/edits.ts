// How long edits take: many hunks in a long file, and a long reply as it streams.
import { performance } from 'node:perf_hooks';
import { applyHunks } from '../../src/edits/apply-hunks.ts';
import type { Hunk } from '../../src/edits/edit.ts';
import { EditReader } from '../../src/edits/read/edit-reader.ts';
import { median, printFigure } from './figure.ts';

const runs = 5;

function timed(work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times);
}

const lines = Array.from(
  { length: 50_000 },
  (_, index) => `${'  '.repeat(index % 5)}const value${index} = compute(${index % 97}, "text");`,
);
const text = lines.map((line) => `${line}\n`).join('');
const hunks = (form: (line: string, index: number) => string): readonly Hunk[] =>
  Array.from({ length: 1000 }, (_, index) => {
    const at = index * 50;
    const search = lines.slice(at, at + 3).map((line, place) => `${form(line, place)}\n`);
    return { search: search.join(''), replace: search.with(1, '// another line\n').join('') };
  });

const kinds = {
  exact: hunks((line) => line),
  'indented otherwise': hunks((line) => `    ${line}`),
  'a letter wrong in each': hunks((line, place) => (place === 0 ? line.replace('compute', 'compute_') : line)),
};
for (const [kind, wanted] of Object.entries(kinds)) {
  const applied = applyHunks(text, wanted);
  if ('error' in applied) throw new Error(applied.error.message);
  if (applied.text.split('// another line').length !== 1001) throw new Error('not every hunk was applied');
  const plain = timed(() => {
    let all = text;
    for (const { search, replace } of kinds.exact) all = all.replace(search, () => replace);
  });
  const tutti = timed(() => void applyHunks(text, wanted));
  console.log(`  1,000 hunks one after the other by String.replace: ${plain.toFixed(0)} ms (exact ones only)`);
  printFigure({ what: `1,000 hunks (${kind}) in 50,000 lines`, unit: 'ms', tutti, limit: 200 });
}

/** A reply of about so many bytes, in pieces as a model sends them. */
function reply(bytes: number): readonly string[] {
  const block = `src/a.ts\n<<<<<<< SEARCH\n${lines.slice(0, 20).join('\n')}\n=======\n${lines.slice(20, 40).join('\n')}\n>>>>>>> REPLACE\n\n`;
  const whole = block.repeat(Math.ceil(bytes / block.length));
  return whole.match(/[\s\S]{1,16}/g) ?? [];
}
const read = (pieces: readonly string[]): number =>
  timed(() => {
    const reader = new EditReader();
    for (const piece of pieces) {
      reader.push(piece);
      void reader.complete.length;
    }
    if ('error' in reader.end()) throw new Error('the reply could not be read');
  });
const half = read(reply(1_000_000));
const whole = read(reply(2_000_000));
printFigure({ what: 'reply of 2 MB in pieces of 16 bytes', unit: 'ms', tutti: whole, limit: 1000 });
printFigure({ what: 'twice the reply takes as long as', unit: '× one half', tutti: whole / half, limit: 2.6 });
