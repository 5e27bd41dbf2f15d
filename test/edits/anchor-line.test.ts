import { describe, expect, it } from 'vitest';
import { anchorLine } from '../../src/edits/anchor-line.ts';

const text = ['function add(a, b) {', '  return a;', '}', '', 'function twice(a) {', '\treturn  a;', '}'].join('\n');

describe('the line a remark is about', () => {
  it.each<[string, number, readonly string[], number | undefined]>([
    ['is the one it quotes', 9, ['function add(a, b) {'], 1],
    ['of lines that read alike, the one nearest to the number', 7, ['return a;'], 6],
    ['of lines that read alike, the one nearest from above', 1, ['return a;'], 2],
    ['is found by a part of it', 2, ['twice(a)'], 5],
    ['is found by the second quote where the first is gone', 1, ['let gone = 1;', 'function twice(a) {'], 5],
    ['is the number where nothing is quoted', 4, [], 4],
    ['is found in marks', 3, ['`return a;`'], 2],
    ['is not known where neither fits', 40, [], undefined],
    ['is not known where the quote is not there', 2, ['let gone = 1;'], undefined],
    ['is not known by a quote of a letter or two', 2, ['x'], undefined],
  ])('%s', (_, named, quotes, expected) => {
    expect(anchorLine(text, named, quotes)).toBe(expected);
  });
});
