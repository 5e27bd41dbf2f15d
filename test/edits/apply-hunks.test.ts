import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../src/edits/apply-hunks.ts';
import type { EditOptions, Hunk } from '../../src/edits/edit.ts';

const file = ['one', 'two  ', '\tthree', '\t\tfour', 'say “five”', 'six', 'two again', ''].join('\n');

describe('the place of a hunk', () => {
  const check = (name: string, text: string, hunk: Hunk, expected: string, rung: string, options?: EditOptions): void =>
    it(name, () => expect(applyHunks(text, [hunk], options)).toMatchObject({ text: expected, rungs: [rung] }));
  const refuse = (name: string, text: string, hunks: readonly Hunk[], error: unknown, options?: EditOptions): void =>
    it(name, () =>
      expect(applyHunks(text, hunks, options)).toEqual({ error: expect.objectContaining(error as object) }),
    );

  check('exact', file, { search: 'one\n', replace: '1\n' }, file.replace('one', '1'), 'exact');
  check('in a line', file, { search: 'wo aga', replace: 'WO AGA' }, file.replace('wo aga', 'WO AGA'), 'exact');
  check('line ends', 'a\r\nb\r\nc', { search: 'a\nb\n', replace: 'a\nx\ny\n' }, 'a\r\nx\r\ny\r\nc', 'line-ends');
  check(
    'trailing blanks',
    file,
    { search: 'one\ntwo\n', replace: 'one\n2\n' },
    file.replace('two  ', '2'),
    'trailing-space',
  );
  check(
    'indented otherwise: the new lines are indented as the file is',
    file,
    { search: 'three\n    four\n', replace: 'three\n    4\n        deeper\n' },
    file.replace('\t\tfour', '\t\t4\n\t\t\tdeeper'),
    'indentation',
  );
  check(
    'one indentation of the reply is two in the file: a new line goes by its neighbour',
    'if (a) {\n    b();\n        c();\n}\n',
    { search: 'if (a) {\n  b();\n  c();\n}\n', replace: 'if (a) {\n  b();\n  c();\n  d();\n}\n' },
    'if (a) {\n    b();\n        c();\n        d();\n}\n',
    'indentation',
  );
  refuse(
    'one indentation of the reply is two in the file, and no neighbour tells which',
    'if (a) {\n    b();\n        c();\n}\n',
    [{ search: 'if (a) {\n  b();\n  c();\n}\n', replace: 'if (a) {\n  d();\n}\n' }],
    { code: 'not-found', hunk: 1 },
  );
  check('an empty line sought in an empty file', '', { search: '\n', replace: 'a' }, 'a', 'exact');
  check(
    'typed quotes',
    file,
    { search: 'say "five"\n', replace: 'say 5\n' },
    file.replace('say “five”', 'say 5'),
    'punctuation',
  );
  check(
    'much alike',
    'const total = items.reduce(add);\nreturn total;\n',
    { search: 'const totals = items.reduce(add);\nreturn total;\n', replace: 'const sum = 0;\nreturn total;\n' },
    'const sum = 0;\nreturn total;\n',
    'fuzzy',
  );
  check(
    'blank lines around that the file lacks',
    'a\nb\nc\n',
    { search: '\nb\n\n', replace: '\nx\n\n' },
    'a\nx\nc\n',
    'exact',
  );
  check('the last line without its end', 'a\nb', { search: 'b\n', replace: 'x\ny\n' }, 'a\nx\ny', 'exact');
  check('deleted at the end', 'a\nb', { search: 'b\n', replace: '' }, 'a\n', 'exact');
  check(
    'mixed line ends stay',
    'a\r\nb\nc\r\n',
    { search: 'a\nb\nc\n', replace: 'a\nx\nc\n' },
    'a\r\nx\nc\r\n',
    'line-ends',
  );
  check(
    'the one near the line',
    'x\na\nx\nb\nb\nb\nb\nx\n',
    { search: 'x\n', replace: 'y\n', line: 3 },
    'x\na\ny\nb\nb\nb\nb\nx\n',
    'exact',
  );
  check(
    'below a line',
    'f()\n  x\ng()\n  x\n',
    { search: '  x\n', replace: '  y\n', below: ['g()'] },
    'f()\n  x\ng()\n  y\n',
    'exact',
  );
  check('at the end', 'x\na\nx\n', { search: 'x\n', replace: 'y\n', atEnd: true }, 'x\na\ny\n', 'exact');
  check('all of them', 'x\nx\n', { search: 'x', replace: 'y', within: true, times: 'all' }, 'y\ny\n', 'exact');
  check(
    'what an earlier hunk leaves alone keeps its bytes',
    'a \nb\t\nc\n',
    { search: 'a\nb\nc\n', replace: 'a\nb\nd\n' },
    'a \nb\t\nd\n',
    'trailing-space',
  );

  refuse('twice', 'x\nx\n', [{ search: 'x\n', replace: 'y\n' }], {
    code: 'ambiguous',
    message: expect.stringContaining('lines 1, 2'),
    hunk: 1,
  });
  refuse(
    'twice, and the line is near neither',
    'x\nx\n'.repeat(30),
    [{ search: 'x\n', replace: 'y\n', line: 30 }].map((hunk) => ({ ...hunk, line: 200 })),
    { code: 'ambiguous' },
  );
  refuse(
    'two that are alike enough',
    'const alpha = compute(1);\nconst alphb = compute(1);\n',
    [{ search: 'const alphx = compute(1);\n', replace: '\n' }],
    { code: expect.stringMatching(/ambiguous|not-found/) },
  );
  refuse('a short text is never guessed', 'return a;\n', [{ search: 'return b;\n', replace: '\n' }], {
    code: 'not-found',
  });
  refuse(
    'nowhere: the nearest text is told with its line',
    'a\nconst total = items.length;\n',
    [{ search: 'const totals = item.length();\n', replace: '\n' }],
    { code: 'not-found', nearest: { line: 2, text: 'const total = items.length;' }, hunk: 1 },
    { fuzzyThreshold: 1 },
  );
  refuse(
    'too far from its line',
    'a\n\n\n\n\n\n\nb\n',
    [{ search: 'b\n', replace: 'c\n', line: 1 }],
    { code: 'not-found' },
    { linesAround: 2 },
  );
  refuse(
    'the same lines',
    'a\nb\nc\n',
    [
      { search: 'a\nb\n', replace: 'a\nx\n' },
      { search: 'b\nc\n', replace: 'y\nc\n' },
    ],
    { code: 'overlap', hunk: 2 },
  );
  refuse(
    'the second of two: none is made',
    'a\nb\n',
    [
      { search: 'a\n', replace: 'x\n' },
      { search: 'q\n', replace: 'y\n' },
    ],
    { code: 'not-found', hunk: 2 },
  );
  refuse(
    'nothing changes where something must',
    'a\n',
    [{ search: 'a', replace: 'a', within: true, mustChange: true }],
    { code: 'no-change' },
  );
  refuse('nothing sought in a file that is not empty', 'a\n', [{ search: '', replace: 'b\n' }], { code: 'not-found' });
});

describe('several hunks', () => {
  const check = (name: string, text: string, hunks: readonly Hunk[], expected: string): void =>
    it(name, () => expect(applyHunks(text, hunks)).toMatchObject({ text: expected }));

  check(
    'in any order',
    'a\nb\nc\n',
    [
      { search: 'c\n', replace: '3\n' },
      { search: 'a\n', replace: '1\n' },
    ],
    '1\nb\n3\n',
  );
  check(
    'with the same lines around',
    'a\nb\nc\n',
    [
      { search: 'a\nb\n', replace: '1\nb\n' },
      { search: 'b\nc\n', replace: 'b\n3\n' },
    ],
    '1\nb\n3\n',
  );
  check(
    'one that means what another has written',
    'a\n',
    [
      { search: 'a\n', replace: 'b\n' },
      { search: 'b\n', replace: 'c\n' },
    ],
    'c\n',
  );
  check(
    'each found in the text as it was',
    'a b',
    [
      { search: 'a', replace: 'b', within: true },
      { search: 'b', replace: 'c', within: true },
    ],
    'b c',
  );
});

describe('a passage that is not there, or everywhere', () => {
  const line = (seed: number, length: number): string => {
    let state = seed + 1;
    const next = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state;
    };
    return Array.from({ length }, () => String.fromCharCode(97 + (next() % 26))).join('');
  };
  const lines = (from: number, count: number, length: number): string =>
    Array.from({ length: count }, (_, at) => `${line(from + at, length)}\n`).join('');

  it('is told without comparing every letter of the file with it', () => {
    const hunk = { search: lines(90_000, 50, 900), replace: 'x\n' };
    expect(applyHunks(lines(0, 2000, 900), [hunk])).toMatchObject({ error: { code: 'not-found' } });
  });

  it('is told where long lines of its kind are everywhere', () => {
    const hunk = { search: 'foo();\n'.repeat(200), replace: 'bar();\n' };
    expect(applyHunks('  foo();\n'.repeat(30_000), [hunk])).toMatchObject({ error: { code: 'ambiguous' } });
  });

  it('the nearest text is told with its line', () => {
    const text = `${lines(0, 1500, 60)}const total = items.reduce(add, 0);\nreturn total;\n`;
    expect(
      applyHunks(text, [{ search: 'const totals = things.reduce(sum, 1);\nreturn totals;\n', replace: '' }]),
    ).toMatchObject({ error: { code: 'not-found', nearest: { line: 1501 } } });
  });
});
