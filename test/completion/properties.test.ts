import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Finished, finish } from '../../src/completion/finish.ts';
import { OutputReader } from '../../src/completion/output-reader.ts';
import type { Situation } from '../../src/completion/situation.ts';
import { specialTokens } from '../../src/completion/special-tokens.ts';
import { languages, personsFile, someText } from './any-text.ts';
import { situationOf } from './drawn.ts';

const indentations = fc.option(fc.record({ insertSpaces: fc.boolean(), tabSize: fc.constantFrom(2, 4, 8) }));
const somewhere = fc
  .record({
    before: someText,
    after: someText,
    languageId: languages,
    answer: fc.constantFrom('fim' as const, 'chat' as const),
    indentation: indentations,
  })
  .map(({ before, after, indentation, ...changed }) =>
    situationOf(`${before.replaceAll('|', '')}|${after}`, { ...changed, ...(indentation && { indentation }) }),
  );

// Runs are many, and slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

function read(situation: Situation, chunks: readonly string[]): Finished {
  const reader = new OutputReader(situation);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return finish(reader, situation);
}

const shownOf = (finished: Finished): string | undefined => (finished.kind === 'text' ? finished.text : undefined);

describe('for any file, cursor and answer', () => {
  it('the network’s chunks do not change the text', () => {
    fc.assert(
      fc.property(
        somewhere,
        someText,
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (situation, output, sizes) => {
          const chunks: string[] = [];
          // A long text in tiny chunks takes long and tells nothing more.
          const least = Math.ceil(output.length / 400);
          for (let start = 0; start < output.length; ) {
            const size = Math.max(least, sizes.next().value ?? 1);
            chunks.push(output.slice(start, start + size));
            start += size;
          }
          expect(shownOf(read(situation, chunks))).toBe(shownOf(read(situation, [output])));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('no control token is left', () => {
    const tokens = fc.constantFrom(...specialTokens);
    fc.assert(
      fc.property(somewhere, someText, tokens, someText, (situation, head, token, tail) => {
        const text = shownOf(read(situation, [head, token.slice(0, 3), token.slice(3), tail])) ?? '';
        for (const each of specialTokens) expect(text).not.toContain(each);
      }),
      { numRuns: 1000 },
    );
  });

  it('no character is cut in half, and what is replaced stands on the line', () => {
    fc.assert(
      fc.property(somewhere, someText, (situation, output) => {
        const finished = read(situation, [output]);
        if (finished.kind !== 'text') return;
        expect(finished.text.isWellFormed()).toBe(true);
        expect(finished.replaceAfter).toBeLessThanOrEqual(situation.lineSuffix.length);
        expect(situation.lineSuffix.slice(finished.replaceAfter).isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('line ends are those of the file, and the ends are not blank lines', () => {
    fc.assert(
      fc.property(somewhere, someText, (situation, output) => {
        const text = shownOf(read({ ...situation, eol: '\r\n' }, [output]));
        if (text === undefined) return;
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(text.trim()).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('for any file a person would write', () => {
  /** A statement is missing; the model writes it and runs on into what already follows. */
  const hole = fc.tuple(personsFile, fc.nat(), fc.nat(3), fc.boolean());

  it('accepting never doubles what follows the cursor, and leaves out nothing', () => {
    fc.assert(
      fc.property(hole, ([lines, at, runsOn, atIndent]) => {
        const inside = lines.flatMap((line, index) => (/^ {4}(?:const \w+ = \d|\w+\.call)/.test(line) ? [index] : []));
        const missing = inside[at % Math.max(1, inside.length)];
        if (missing === undefined) return;
        const line = lines[missing] ?? '';
        // A neighbour that says the same would make the missing line a repetition.
        if (lines[missing - 1] === line || lines[missing + 1] === line) return;
        const start = atIndent ? 4 : 4 + Math.floor((line.length - 4) / 2);
        const before = [...lines.slice(0, missing), line.slice(0, start)].join('\n');
        const after = ['', ...lines.slice(missing + 1)].join('\n');
        const output = [line.slice(start), ...lines.slice(missing + 1, missing + 1 + runsOn)].join('\n');
        expect(shownOf(read(situationOf(`${before}|${after}`), [output]))).toBe(line.slice(start));
      }),
      { numRuns: 1000 },
    );
  });
});
