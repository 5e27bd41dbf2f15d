import { expect, it } from 'vitest';
import { PieceSize } from '../../src/inference/piece-size.ts';

it.each<[string, number, number]>([
  ['a fast machine', 0.05, 128],
  ['one in between', 0.5, 50],
  ['a slow one', 20, 16],
])('a piece of a prompt on %s takes a moment', (_, msPerToken, tokens) => {
  const pieces = new PieceSize(128);
  expect(pieces.next()).toBe(32);
  pieces.observe(32, 32 * msPerToken);
  expect(pieces.next()).toBe(tokens);
});
