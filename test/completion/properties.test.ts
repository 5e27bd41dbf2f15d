import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompletionEngine } from '../../src/completion/engine.ts';
import { type Finished, finish } from '../../src/completion/finish.ts';
import { OutputReader } from '../../src/completion/output-reader.ts';
import type { Situation } from '../../src/completion/situation.ts';
import { specialTokens } from '../../src/completion/special-tokens.ts';
import { delay } from '../../src/util/delay.ts';
import { lineFeeds } from '../../src/util/line-feeds.ts';
import { DrawnDocument, situationOf } from './drawn.ts';
import { ScriptedModels } from './scripted-models.ts';

/** Pieces that texts of models and files are made of, the awkward ones among them. */
const pieces = fc.constantFrom(
  ...['const a = 1;', 'call(', 'a, b', ')', '{', '}', '[', ']', '"', "'", '`', ';', ',', ' ', '  ', '\t', 'return'],
  ...['\n', '\n', '\n  ', '\n\t', '\r\n', '```ts\n', '\n```\n', '// note', '/* x */', 'else', ': ', '<b>', '#', '\\'],
  ...[
    '<|fim_',
    'middle|>',
    '<|endoftext|>',
    '<fim_suffix>',
    '</s>',
    '<completion>',
    '</completion>',
    '<think>',
    'é',
    'e\u0301',
    '😀',
    '👩‍👩‍👧',
    '𝒳',
    '\t\t  ',
    'def f(a):\n    ',
    '}\n',
    '});\n',
    'long '.repeat(300),
  ],
);
const someText = fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(''));
const languages = fc.constantFrom('typescript', 'python', 'markdown', 'rust', 'clojure', 'yaml', 'fsharp', 'nothing');
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
          for (let start = 0; start < output.length; ) {
            const size = sizes.next().value ?? 1;
            chunks.push(output.slice(start, start + size));
            start += size;
          }
          expect(shownOf(read(situation, chunks))).toBe(shownOf(read(situation, [output])));
        },
      ),
      { numRuns: 1500 },
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

/** A file of whole statements, as a person would lay it out. */
const name = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta');
const statement = fc.oneof(
  fc.tuple(name, fc.nat(99)).map(([a, n]) => [`const ${a} = ${n};`]),
  fc.tuple(name, name).map(([a, b]) => [`${a}.call(${b}, "${a}");`]),
  fc.tuple(name, name).map(([a, b]) => [`if (${a} > ${b}) {`, `    ${a}.stop(${b});`, '}']),
  fc.tuple(name, name).map(([a, b]) => [`const ${a} = [`, `    ${b},`, `    other(${b}),`, '];']),
);
const functionText = fc
  .tuple(name, fc.array(statement, { minLength: 1, maxLength: 4 }))
  .map(([a, body]) => [`function ${a}() {`, ...body.flat().map((line) => `    ${line}`), '}', '']);
const file = fc.array(functionText, { minLength: 1, maxLength: 4 }).map((functions) => functions.flat());

describe('for any file a person would write', () => {
  /** A statement is missing; the model writes it and runs on into what already follows. */
  const hole = fc.tuple(file, fc.nat(), fc.nat(3), fc.boolean());

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
      { numRuns: 1500 },
    );
  });

  it('typing a suggestion one character at a time never asks again', async () => {
    const opening: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"' };
    await fc.assert(
      fc.asyncProperty(file, fc.nat(), fc.boolean(), fc.boolean(), async (lines, at, closes, crlf) => {
        const eol = crlf ? '\r\n' : '\n';
        const from = at % Math.max(1, lines.length - 2);
        const indent = /^ */.exec(lines[from] ?? '')?.[0] ?? '';
        const output = [(lines[from] ?? '').trimStart(), ...lines.slice(from + 1, from + 3)].join('\n');
        const models = new ScriptedModels();
        models.answer = (request) => request.text(output).end();
        const engine = new CompletionEngine({
          models,
          preferences: () => ({
            enabled: true,
            trigger: 'automatic',
            delayMs: 0,
            maxLines: 20,
            ahead: 'never',
            streaming: false,
          }),
          hiddenBecause: async () => undefined,
          wordError: ({ message }) => message,
          clock: { now: () => performance.now(), sleep: delay },
        });
        const document = new DrawnDocument([...lines.slice(0, from), `${indent}|`, '', 'last();'].join(eol));
        const { signal } = new AbortController();
        const text = (await engine.provide(document, document.query(), signal))?.text;
        if (text === undefined) return;
        let rest = lineFeeds(text);
        while (rest.length > 1) {
          const character = rest.charAt(0);
          const closing = document.text(document.offset, document.offset + 1);
          if (closes && character === closing && /[)\]}"]/.test(character)) document.offset += 1;
          else document.type(character === '\n' ? eol : character, closes ? opening[character] : '');
          rest = rest.slice(1);
          const answer = engine.provide(document, document.query(), signal);
          expect(answer).not.toBeInstanceOf(Promise);
          expect(models.requests).toHaveLength(1);
          if (!closes) expect(answer).toMatchObject({ text: rest.replaceAll('\n', eol) });
        }
      }),
      { numRuns: 150 },
    );
  });
});
