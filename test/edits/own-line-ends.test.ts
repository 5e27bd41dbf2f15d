import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withChanges } from '../../src/edits/apply-hunks.ts';
import { withOwnLineEnds } from '../../src/edits/own-line-ends.ts';
import { lineFeeds } from '../../src/util/line-feeds.ts';

describe('a text that the editor saved with one kind of line end', () => {
  const made = (before: string, after: string): string => withChanges(before, withOwnLineEnds(before, after));
  const check = (name: string, before: string, after: string, expected: string): void =>
    it(name, () => expect(made(before, after)).toBe(expected));

  check('has its own again', 'a\r\nb\nc\r\n', 'a\r\nb\r\nc\r\n', 'a\r\nb\nc\r\n');
  check('a changed line keeps its own', 'a\r\nb\nc\r\n', 'a\r\nB\r\nc\r\n', 'a\r\nB\nc\r\n');
  check('a new line has its neighbour’s', 'a\nb\r\nc\n', 'a\nb\nx\nc\n', 'a\nb\r\nx\r\nc\n');
  check('a line is added where there was no last line end', 'a\nb', 'a\nb\nc', 'a\nb\nc');
  check('a last line end is added', 'a\r\nb', 'a\r\nb\r\n', 'a\r\nb\r\n');
  check('a last line end is taken away', 'a\nb\n', 'a\nb', 'a\nb');
  check('all of it is new', 'a\r\nb\r\n', 'x', 'x');
  check('there was nothing', '', 'a\nb\n', 'a\nb\n');

  const text = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c', ''), fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 10 })
    .chain((lines) =>
      fc
        .constantFrom('', 'z')
        .map((last) => lines.map(([line, end]) => `${line}${line === '' ? ' ' : ''}${end}`).join('') + last),
    );

  it('says what the editor says, and nothing changes where the editor changed nothing', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(lineFeeds(made(before, after))).toBe(lineFeeds(after));
        expect(made(before, lineFeeds(before))).toBe(before);
      }),
    );
  });
});
