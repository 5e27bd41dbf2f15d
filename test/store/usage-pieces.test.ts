import { describe, expect, it } from 'vitest';
import { pieceName, pieceStarts, pieceUnit } from '../../src/store/usage-pieces.ts';

const at = (text: string): number => new Date(text).getTime();

/** `expected`: the unit, how many pieces, the first two and the last one. */
function check(from: string, until: string, expected: readonly (string | number | undefined)[]): void {
  it(`${from} to ${until}`, () => {
    const unit = pieceUnit(at(from), at(until));
    const names = pieceStarts(unit, at(from), at(until)).map(pieceName);
    expect([unit, names.length, names[0], names[1], names.at(-1)]).toEqual(expected);
  });
}

describe('pieces of a time', () => {
  check('2026-11-23T00:00', '2026-11-23T14:32', ['hour', 15, '2026-11-23T00', '2026-11-23T01', '2026-11-23T14']);
  check('2026-11-17T00:00', '2026-11-23T14:32', ['day', 7, '2026-11-17T00', '2026-11-18T00', '2026-11-23T00']);
  // A time that begins within a piece has all of it.
  check('2026-10-25T21:30', '2026-11-23T14:32', ['day', 30, '2026-10-25T00', '2026-10-26T00', '2026-11-23T00']);
  // Weeks begin on Mondays.
  check('2026-07-01T10:00', '2026-11-23T14:32', ['week', 22, '2026-06-29T00', '2026-07-06T00', '2026-11-23T00']);
  check('2024-12-31T10:00', '2026-11-23T14:32', ['month', 24, '2024-12-01T00', '2025-01-01T00', '2026-11-01T00']);
  check('2026-11-23T14:32', '2026-11-23T14:32', ['hour', 1, '2026-11-23T14', undefined, '2026-11-23T14']);
});
