import { expect, it } from 'vitest';
import { replaceQuery, suggestQueryAt } from '../../../src/webview/composer/suggest-query.ts';

it.each([
  ['@', { trigger: '@', start: 0, end: 1, query: '' }],
  ['fix @car', { trigger: '@', start: 4, end: 8, query: 'car' }],
  ['fix\n(@src/car', { trigger: '@', start: 5, end: 13, query: 'src/car' }],
  ['/fi', { trigger: '/', start: 0, end: 3, query: 'fi' }],
  ['a /fi', undefined],
  ['me@example', undefined],
  ['@cart.ts ', undefined],
  ['', undefined],
])('%j', (text, expected) => {
  expect(suggestQueryAt(text, text.length)).toEqual(expected);
});

it('sees what is before the cursor only', () => {
  expect(suggestQueryAt('@cart rest', 3)).toMatchObject({ query: 'ca', end: 3 });
});

it('puts a choice in the place of the query, with one space behind it', () => {
  const query = { trigger: '@', start: 4, end: 8, query: 'car' } as const;
  expect(replaceQuery('fix @car', query, '@cart.ts ')).toEqual({ text: 'fix @cart.ts ', cursor: 13 });
  expect(replaceQuery('fix @car now', query, '@cart.ts ')).toEqual({ text: 'fix @cart.ts now', cursor: 13 });
  expect(replaceQuery('fix @car now', query, '')).toEqual({ text: 'fix  now', cursor: 4 });
});
