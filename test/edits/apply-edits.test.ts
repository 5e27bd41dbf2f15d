import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/edits/apply-edits.ts';
import { withChanges } from '../../src/edits/apply-hunks.ts';
import type { FileEdit } from '../../src/edits/edit.ts';

const files: Readonly<Record<string, string>> = {
  'a.txt': 'one\ntwo\nthree\n',
  'b.txt': 'other\ntext\n',
  'c.txt': 'x\r\ny\r\n',
};
const change = (path: string, search: string, replace: string, more: object = {}): FileEdit => ({
  kind: 'change',
  path,
  hunks: [{ search: `${search}\n`, replace: `${replace}\n` }],
  ...more,
});

describe('edits of several files', () => {
  const check = (
    name: string,
    edits: readonly FileEdit[],
    expected: Readonly<Record<string, string | undefined>>,
  ): void =>
    it(name, () => {
      const applied = applyEdits(edits, (path) => files[path]);
      if ('error' in applied) throw new Error(applied.error.message);
      expect(Object.fromEntries(applied.files.map(({ path, after }) => [path, after]))).toEqual(expected);
      for (const { path, before, after, changes } of applied.files) {
        expect(before).toBe(files[path]);
        // The places of changes are those of the text before, whatever was done to it in between.
        if (before !== undefined && after !== undefined) expect(withChanges(before, changes)).toBe(after);
      }
    });

  check('twice the same file', [change('a.txt', 'one', 'ONE\nmore'), change('a.txt', 'three', 'THREE')], {
    'a.txt': 'ONE\nmore\ntwo\nTHREE\n',
  });
  check(
    'deleted and written anew',
    [
      { kind: 'delete', path: 'a.txt' },
      { kind: 'write', path: 'a.txt', text: 'new\n', onlyNew: true },
    ],
    { 'a.txt': 'new\n' },
  );
  check('moved to a new name', [change('a.txt', 'two', 'TWO', { moveTo: 'd.txt' })], {
    'a.txt': undefined,
    'd.txt': 'one\nTWO\nthree\n',
  });
  check('moved onto another file', [change('a.txt', 'two', 'TWO', { moveTo: 'b.txt' })], {
    'a.txt': undefined,
    'b.txt': 'one\nTWO\nthree\n',
  });
  check(
    'moved, then changed again',
    [change('a.txt', 'two', 'TWO', { moveTo: 'd.txt' }), change('d.txt', 'one', '1')],
    {
      'a.txt': undefined,
      'd.txt': '1\nTWO\nthree\n',
    },
  );
  check(
    'written as a whole, with the line ends it had',
    [{ kind: 'write', path: 'c.txt', text: 'x\nz\n', onlyNew: false }],
    {
      'c.txt': 'x\r\nz\r\n',
    },
  );

  it('are all refused when one is', () => {
    expect(
      applyEdits([change('a.txt', 'one', '1'), change('b.txt', 'nowhere', '2')], (path) => files[path]),
    ).toMatchObject({
      error: { code: 'not-found', path: 'b.txt' },
    });
  });
});
