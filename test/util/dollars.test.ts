import { expect, it } from 'vitest';
import { dollars } from '../../src/util/dollars.ts';

it.each([
  [0, '$0.00'],
  [0.0000421, '$0.000042'],
  [0.0042, '$0.0042'],
  [0.1, '$0.10'],
  [0.126, '$0.13'],
  [4.949, '$4.95'],
  [1234.5, '$1,234.50'],
])('%d US dollars read %s', (amount, text) => {
  expect(dollars(amount)).toBe(text);
});
