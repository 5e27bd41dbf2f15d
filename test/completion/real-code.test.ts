import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../scripts/try/language-of.ts';
import { answers, indentationOf, judge, type Outcome } from './real-code-answers.ts';
import { holesIn, randomFrom } from './real-code-holes.ts';

const root = resolve(import.meta.dirname, '../..');
/** Files that a checkout has: this project's own and what its dependencies bring. */
const files = [
  ...['src/completion/engine.ts', 'src/extension.ts', 'package.json', 'ARCHITECTURE.md', 'biome.json'],
  ...['node_modules/preact/src/component.js', 'node_modules/preact/README.md', 'node_modules/preact/package.json'],
];
const seed = Number(process.env['TUTTI_SEED'] ?? 20_261_123);

/** Of a hundred answers, how many have to give the file as it was. */
const least: Readonly<Record<string, number>> = {
  exact: 98,
  'runs on': 97,
  'runs on, broken off': 95,
  token: 98,
  fenced: 97,
  tagged: 94,
  'lines above repeated': 92,
  CRLF: 98,
};

describe('holes in real files', () => {
  for (const [name, percent] of Object.entries(least)) {
    it(`are filled: ${name}`, () => {
      const outcomes: Outcome[] = [];
      for (const [index, path] of files.entries()) {
        const text = readFileSync(resolve(root, path), 'utf8').replaceAll('\r\n', '\n');
        const indentation = indentationOf(text);
        for (const hole of holesIn(text, randomFrom(seed + index), 3)) {
          const answer = answers[name]?.(hole, indentation);
          if (answer) outcomes.push(judge(hole, answer, languageOf(path), indentation).outcome);
        }
      }
      expect(outcomes.length).toBeGreaterThan(60);
      const exact = outcomes.filter((outcome) => outcome === 'exact').length;
      expect((100 * exact) / outcomes.length).toBeGreaterThanOrEqual(percent);
    });
  }
});
