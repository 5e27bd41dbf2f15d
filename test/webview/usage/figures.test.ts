import { describe, expect, it } from 'vitest';
import { amount, dollars, money, percent, shortCount } from '../../../src/webview/usage/figures.ts';
import { scaleFor } from '../../../src/webview/usage/scale.ts';
import { longTime, shortTime } from '../../../src/webview/usage/time-names.ts';
import { readWishes } from '../../../src/webview/usage/wishes.ts';

function check(what: string, found: unknown, expected: unknown): void {
  it(`${what} → ${JSON.stringify(expected)}`, () => expect(found).toEqual(expected));
}

describe('figures', () => {
  check('nothing costs', dollars(0), '$0');
  check('a crumb', dollars(0.00123), '$0.0012');
  check('half a dollar', dollars(0.5), '$0.50');
  check('just under a dime', dollars(0.0999), '$0.10');
  check('more', dollars(1234.5), '$1,234.50');
  check('an estimate', money(1.5, 3), '≈$1.50');
  check('an estimate of nothing', money(0, 3), '$0');
  check('few tokens', shortCount(9999), '9,999');
  check('many tokens', shortCount(1_234_567), '1.23M');
  check('a small share', percent(0.0123), '1.2%');
  check('a large share', percent(0.443), '44%');
  check('requests', amount('requests', 12_345), '12,345');
});

describe('an axis', () => {
  check('of nothing', scaleFor(0), { max: 1, marks: [0] });
  check('of no pieces', scaleFor(Number.NEGATIVE_INFINITY), { max: 1, marks: [0] });
  check('of tenths', scaleFor(0.3), { max: 0.3, marks: [0, 0.1, 0.2, 0.3] });
  check('of quarters', scaleFor(0.93), { max: 1, marks: [0, 0.25, 0.5, 0.75, 1] });
  check('of shares', scaleFor(1.2, 1).max, 1);
});

describe('times', () => {
  check('a day', shortTime('day', '2026-11-23T00'), 'Nov 23');
  check('a day in a sentence', longTime('day', '2026-11-23T00'), 'Mon, Nov 23');
  check('an hour', shortTime('hour', '2026-11-23T14'), '14:00');
  check('midnight', shortTime('hour', '2026-11-23T00'), '00:00');
  check('a week', longTime('week', '2026-11-23T00'), 'Week of Nov 23');
  check('a month', longTime('month', '2026-11-01T00'), 'Nov 2026');
});

describe('saved wishes', () => {
  const usual = {
    filter: { range: '30-days' },
    measure: 'cost',
    latency: 'firstToken',
    sort: { column: 'cost', descending: true },
  };
  check('of nobody', readWishes(undefined), usual);
  check('of another version', readWishes({ filter: { range: 'year', model: 3 }, measure: 7, sort: 'x' }), usual);
  const wanted = {
    filter: { range: 'all', provider: 'openai', role: 'chat' },
    measure: 'tokens',
    latency: 'total',
    sort: { column: 'model', descending: false },
  };
  check('of the reader', readWishes(wanted), wanted);
});
