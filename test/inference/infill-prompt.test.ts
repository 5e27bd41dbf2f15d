import { describe, expect, it } from 'vitest';
import { type InfillParts, type InfillTokens, infillPrompt } from '../../src/inference/infill-prompt.ts';

const qwen: InfillTokens<string> = { prefix: '<P>', suffix: '<S>', middle: '<M>', repository: '<R>', file: '<F>' };
const old: InfillTokens<string> = { prefix: '<P>', suffix: '<S>' };

function check(
  tokens: InfillTokens<string>,
  parts: Partial<Record<keyof InfillParts<string>, unknown>>,
  budget: number,
) {
  const letters = (text: unknown): string[] => [...String(text ?? '')];
  const extra = Array.isArray(parts.extra) ? parts.extra.map(letters) : [];
  const given = { prefix: letters(parts.prefix), suffix: letters(parts.suffix), extra, currentFile: ['@'] };
  return infillPrompt(tokens, given, budget).join('');
}

describe('a prompt that fills a hole', () => {
  it.each<[string, InfillTokens<string>, Parameters<typeof check>[1], number, string]>([
    ['prefix, suffix, middle', qwen, { prefix: 'ab', suffix: 'yz' }, 100, '<P>ab<S>yz<M>'],
    ['suffix first for a model without a middle token', old, { prefix: 'ab', suffix: 'yz' }, 100, '<S>yz<P>ab'],
    [
      'other files before it, the most useful nearest',
      qwen,
      { prefix: 'a', extra: ['1', '2'] },
      100,
      '<R><F>2<F>1<F>@<P>a<S><M>',
    ],
    ['no other files, no words about files', qwen, { prefix: 'a', extra: [] }, 100, '<P>a<S><M>'],
    [
      'a file that does not fit is left out whole',
      qwen,
      { prefix: 'a', extra: ['11111111', '2'] },
      11,
      '<R><F>2<F>@<P>a<S><M>',
    ],
    [
      'the end of a long prefix, a quarter for the suffix',
      qwen,
      { prefix: 'abcdefgh', suffix: 'stuvwxyz' },
      11,
      '<P>cdefgh<S>st<M>',
    ],
    [
      'a short prefix leaves its room to the suffix',
      qwen,
      { prefix: 'ab', suffix: 'stuvwxyz' },
      11,
      '<P>ab<S>stuvwx<M>',
    ],
    [
      'a short suffix leaves its room to the prefix',
      qwen,
      { prefix: 'abcdefgh', suffix: 's' },
      11,
      '<P>bcdefgh<S>s<M>',
    ],
    ['no room at all', qwen, { prefix: 'ab', suffix: 'yz' }, 3, '<P><S><M>'],
  ])('%s', (_, tokens, parts, budget, expected) => {
    expect(check(tokens, parts, budget)).toBe(expected);
  });
});
