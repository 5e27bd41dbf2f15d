import { describe, expect, it } from 'vitest';
import { PathSearch } from '../../src/context/path-search.ts';

const paths = [
  'src/cart.ts',
  'src/cart/index.ts',
  'src/cart/',
  'src/shopping-cart.ts',
  'src/scarter.ts',
  'cart/readme.md',
  'src/checkout/address-form.tsx',
  'docs/Überblick.md',
];

describe('finding a path', () => {
  it.each([
    [
      'cart',
      ['src/cart/', 'src/cart.ts', 'src/shopping-cart.ts', 'src/scarter.ts', 'cart/readme.md', 'src/cart/index.ts'],
    ],
    ['CART.TS', ['src/cart.ts', 'src/shopping-cart.ts']],
    ['adf', ['src/checkout/address-form.tsx']],
    ['checkout/form', ['src/checkout/address-form.tsx']],
    ['src\\cart.', ['src/cart.ts']],
    ['überb', ['docs/Überblick.md']],
    ['zzz', []],
  ])('by "%s"', (query, expected) => {
    const found = new PathSearch(paths).search(query, 10);
    expect(found.slice(0, expected.length)).toEqual(expected);
    if (expected.length === 0) expect(found).toEqual([]);
  });

  it('puts what was opened lately first among equals, not before what fits better', () => {
    const search = new PathSearch(['a/list.ts', 'b/list.ts', 'b/playlist.ts']);
    expect(search.search('list', 3, ['b/playlist.ts', 'b/list.ts'])).toEqual([
      'b/list.ts',
      'a/list.ts',
      'b/playlist.ts',
    ]);
  });

  it('gives no more than it was asked for', () => {
    expect(new PathSearch(paths).search('s', 2)).toHaveLength(2);
  });
});
