import { readFileSync } from 'node:fs';
import { languageOf } from '../../scripts/try/language-of.ts';
import { answers, indentationOf, judge } from './real-code-answers.ts';
import { holesIn, randomFrom } from './real-code-holes.ts';

/**
 * Replays what perfect and imperfect models would write into holes of real files, and counts what comes through.
 * node test/completion/real-code-report.ts [--seed=1] [--each=2] [--show=class/kind/language] files…
 */
const options = new Map(
  process.argv
    .slice(2)
    .flatMap((each) => (each.startsWith('--') ? [each.slice(2).split('=', 2) as [string, string]] : [])),
);
const files = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const seed = Number(options.get('seed') ?? 1);
const each = Number(options.get('each') ?? 1);
const show = options.get('show')?.split('/') ?? [];
const counts = new Map<string, Map<string, { exact: number; all: number; outcomes: Record<string, number> }>>();

for (const [index, path] of files.entries()) {
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  if (text.includes('\0') || text.length < 200) continue;
  const languageId = languageOf(path.replace(/\.actual$/, ''));
  const indentation = indentationOf(text);
  for (const hole of holesIn(text, randomFrom(seed * 7919 + index), each)) {
    for (const [name, write] of Object.entries(answers)) {
      const answer = write(hole, indentation);
      if (!answer) continue;
      const { outcome, finished } = judge(hole, answer, languageId, indentation);
      count('class', name, outcome);
      count('kind', hole.kind, outcome);
      count('language', languageId, outcome);
      count('by', finished.cutBy.join('+') || '-', outcome);
      const keys = [name, hole.kind, languageId, outcome];
      if (outcome !== 'exact' && show.length > 0 && show.every((key) => keys.includes(key))) {
        console.log(`=== ${path} ${keys.join(' / ')} cutBy=${finished.cutBy}`);
        console.log(
          `${hole.prefix.split('\n').slice(-5).join('\n')}|${hole.suffix.split('\n').slice(0, 4).join('\n')}`,
        );
        console.log('--- truth', JSON.stringify(hole.truth));
        console.log('--- model', JSON.stringify(answer.output));
        console.log(
          '--- shown',
          finished.kind === 'text' ? `${JSON.stringify(finished.text)} over ${finished.replaceAfter}` : finished.reason,
        );
      }
    }
  }
}

for (const [title, rows] of counts) {
  console.log(`\n${title}`);
  for (const [name, row] of [...rows].sort((one, other) => one[1].exact / one[1].all - other[1].exact / other[1].all)) {
    const percent = ((100 * row.exact) / row.all).toFixed(1);
    console.log(`  ${name.padEnd(26)} ${percent.padStart(5)} %  of ${row.all}  ${JSON.stringify(row.outcomes)}`);
  }
}

function count(title: string, name: string, outcome: string): void {
  const rows = counts.get(title) ?? new Map();
  counts.set(title, rows);
  const row = rows.get(name) ?? { exact: 0, all: 0, outcomes: {} };
  rows.set(name, row);
  row.all += 1;
  if (outcome === 'exact') row.exact += 1;
  else row.outcomes[outcome] = (row.outcomes[outcome] ?? 0) + 1;
}
