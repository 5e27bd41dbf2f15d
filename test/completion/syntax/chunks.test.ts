import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputReader } from '../../../src/completion/output-reader.ts';
import type { Situation } from '../../../src/completion/situation.ts';
import { situationOf } from '../drawn.ts';
import { grammarFor } from '../grammars-for-tests.ts';

const languages = ['typescript', 'python', 'ruby'] as const;
const grammars = new Map(await Promise.all(languages.map(async (id) => [id, await grammarFor(id)] as const)));

/** Lines that open, close and break things in each of the languages. */
const line = fc.constantFrom(
  ...[
    'function a() {',
    'def a(b):',
    'def c',
    'end',
    '}',
    '});',
    'it(() => {',
    'if (a) {',
    'if a:',
    '} else {',
    'else:',
  ],
  ...['  b();', '    return 1', '', '  const s = `', '"""', '// note', '# note', 'class A {', 'foo(', ')', '😀é', '\r'],
);
const lines = fc.array(line, { maxLength: 10 }).map((each) => each.join('\n'));

function read(situation: Situation, chunks: readonly string[]): string {
  const reader = new OutputReader(situation);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return reader.text;
}

describe('with a grammar', () => {
  it.each(languages)('the network’s chunks do not change the text: %s', (languageId) => {
    fc.assert(
      fc.property(lines, lines, lines, fc.integer({ min: 1, max: 9 }), (before, after, output, size) => {
        const grammar = grammars.get(languageId);
        const situation = situationOf(`${before}|${after}`, { languageId, ...(grammar && { grammar }) });
        const chunks = output.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        expect(read(situation, chunks)).toBe(read(situation, [output]));
      }),
      { numRuns: 150 },
    );
  });
});
