import { describe, expect, it } from 'vitest';
import { countLines, cutLines, cutToEnd } from '../../src/context/cut-lines.ts';

describe('a text that is too long', () => {
  it.each([
    ['fits', 'ab\ncd', 5, { text: 'ab\ncd' }],
    ['ends with a whole line', 'ab\ncd\nef\n', 7, { text: 'ab\ncd', cut: { unit: 'lines', kept: 2, of: 3 } }],
    ['is one long line', 'abcdef', 4, { text: 'abcd', cut: { unit: 'characters', kept: 4, of: 6 } }],
  ])('%s', (_what, text, most, expected) => {
    expect(cutLines(text, most)).toEqual(expected);
  });

  it.each([
    ['fits', 'ab\ncd', 5, { text: 'ab\ncd' }],
    ['begins with a whole line', 'ab\ncd\nef\n', 6, { text: 'cd\nef\n', cut: { unit: 'lines', kept: 2, of: 3 } }],
    ['is one long line', 'abcdef', 4, { text: 'cdef', cut: { unit: 'characters', kept: 4, of: 6 } }],
  ])('of which the end counts, %s', (_what, text, most, expected) => {
    expect(cutToEnd(text, most)).toEqual(expected);
  });

  it('has lines', () => {
    expect(['', 'a', 'a\n', 'a\nb'].map(countLines)).toEqual([1, 1, 1, 2]);
  });
});
