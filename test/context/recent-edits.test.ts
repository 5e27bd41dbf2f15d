import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EditedText } from '../../src/context/edited-text.ts';
import { RecentEdits } from '../../src/context/recent-edits.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('');
const watch = (text: string, path = 'a.ts'): RecentEdits => {
  const edits = new RecentEdits();
  edits.opened({ uri: path, path, languageId: 'typescript', text });
  return edits;
};
const shown = (edits: RecentEdits): readonly object[] =>
  edits.regions(9).map(({ path, line, before, after }) => ({ path, line, before, after }));

describe('a text and what was changed in it', () => {
  const change = fc.record({
    offset: fc.nat(400),
    removedLength: fc.nat(30),
    insertedText: fc.string({ maxLength: 12 }),
  });

  it('is the text that an editor has, after any changes and whatever was settled between them', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        fc.array(change, { maxLength: 80 }),
        fc.nat(9),
        (start, changes, every) => {
          const edited = new EditedText(start);
          let text = start;
          for (const [at, { offset: wished, removedLength: most, insertedText }] of changes.entries()) {
            const offset = Math.min(wished, text.length);
            const removedLength = Math.min(most, text.length - offset);
            expect(edited.change({ offset, removedLength, insertedText }, at)).toBe(true);
            text = text.slice(0, offset) + insertedText + text.slice(offset + removedLength);
            if (every > 0 && at % every === 0) edited.settle(at - 5);
            expect(edited.now(0, edited.base.length)).toBe(text);
            expect(edited.length).toBe(text.length);
          }
          const ends = edited.edits.map((edit) => edit.end);
          expect(edited.edits.every((edit, index) => index === 0 || edit.start > (ends[index - 1] ?? 0))).toBe(true);
          expect(edited.edits.length).toBeLessThanOrEqual(48);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('knows a change that cannot be one of it', () => {
    expect(new EditedText('abc').change({ offset: 2, removedLength: 5, insertedText: '' }, 1)).toBe(false);
  });
});

describe('regions', () => {
  it('are whole lines as they were and as they are', () => {
    const edits = watch(lines(9));
    edits.changed('a.ts', [{ offset: 28, removedLength: 4, insertedText: 'row' }]);
    expect(shown(edits)).toEqual([
      { path: 'a.ts', line: 3, before: 'line 3\nline 4\nline 5', after: 'line 3\nrow 4\nline 5' },
    ]);
  });

  it('of neighbours are one, of others two, the latest first', () => {
    const edits = watch(lines(40));
    edits.changed('a.ts', [{ offset: 0, removedLength: 0, insertedText: 'A' }]);
    edits.changed('a.ts', [{ offset: 15, removedLength: 0, insertedText: 'B' }]);
    edits.changed('a.ts', [{ offset: 200, removedLength: 0, insertedText: 'C' }]);
    expect(edits.regions(9).map(({ after }) => after)).toEqual([
      expect.stringContaining('C'),
      expect.stringMatching(/Aline 0\nline 1\n.*B/),
    ]);
  });

  it('that came back to what they were are none', () => {
    const edits = watch(lines(9));
    edits.changed('a.ts', [{ offset: 7, removedLength: 0, insertedText: 'x' }]);
    edits.changed('a.ts', [{ offset: 7, removedLength: 1, insertedText: '' }]);
    expect(shown(edits)).toEqual([]);
  });

  it('say where they are now', () => {
    const edits = watch(lines(40));
    edits.changed('a.ts', [{ offset: 200, removedLength: 0, insertedText: 'C' }]);
    edits.changed('a.ts', [{ offset: 0, removedLength: 0, insertedText: 'one more\n' }]);
    const region = edits.regions(9).find(({ after }) => after.includes('C'));
    expect(edits.textOf('a.ts').slice(region?.start, region?.end)).toBe(region?.after);
  });

  it('have line ends of one kind', () => {
    const edits = watch('a\r\nb\r\nc\r\n');
    edits.changed('a.ts', [{ offset: 3, removedLength: 1, insertedText: 'B' }]);
    expect(shown(edits)).toMatchObject([{ before: 'a\nb\nc', after: 'a\nB\nc' }]);
  });

  it.each<[string, (edits: RecentEdits) => void]>([
    [
      'after a change that does not fit',
      (edits) => edits.changed('a.ts', [{ offset: 999, removedLength: 1, insertedText: '' }]),
    ],
    ['of a document that was closed', (edits) => edits.closed('a.ts')],
    ['after all was forgotten', (edits) => edits.forget()],
  ])('%s are none, and what follows is passed over', (_, end) => {
    const edits = watch(lines(9));
    edits.changed('a.ts', [{ offset: 7, removedLength: 0, insertedText: 'x' }]);
    end(edits);
    edits.changed('a.ts', [{ offset: 7, removedLength: 0, insertedText: 'y' }]);
    expect(shown(edits)).toEqual([]);
    expect(edits.textOf('a.ts')).toBe('');
  });
});

describe('what is remembered', () => {
  it('is of a bounded number of documents, the latest changed', () => {
    const edits = new RecentEdits();
    for (let index = 0; index < 200; index++) {
      edits.opened({ uri: `${index}`, path: `${index}`, languageId: 'c', text: lines(9) });
      edits.changed('0', [{ offset: 0, removedLength: 0, insertedText: 'x' }]);
    }
    const watched = Array.from({ length: 200 }, (_, index) => index).filter((index) => edits.isWatched(`${index}`));
    expect(watched).toHaveLength(24);
    expect(watched).toContain(0);
    expect(watched).toContain(199);
  });

  it('is no file as long as a book', () => {
    expect(watch('x'.repeat(700_000)).isWatched('a.ts')).toBe(false);
  });

  it('is the beginning of the text as it is now', () => {
    const edits = watch(lines(9));
    edits.changed('a.ts', [{ offset: 0, removedLength: 4, insertedText: 'LINE' }]);
    expect(edits.headOf('a.ts', 6)).toBe('LINE 0');
  });
});
