import { afterEach, describe, expect, it } from 'vitest';
import { dayOf, hasBudget, limitsOf, monthOf, type Period } from '../../src/gateway/budget-limits.ts';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

function check(timeZone: string, period: (now: number) => Period, now: string, from: string, until: string): void {
  process.env['TZ'] = timeZone;
  const found = period(Date.parse(now));
  expect([new Date(found.from).toISOString(), new Date(found.until).toISOString()]).toEqual([from, until]);
  // What was spent is summed by quarters of an hour: each period has to begin one.
  expect(found.from % 900_000).toBe(0);
}

describe('the time a budget is for', () => {
  it.each<[what: string, zone: string, (now: number) => Period, now: string, from: string, until: string]>([
    ['a day', 'UTC', dayOf, '2026-11-23T12:00:00Z', '2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ['its last second', 'UTC', dayOf, '2026-11-23T23:59:59Z', '2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
    ['its first', 'UTC', dayOf, '2026-11-24T00:00:00Z', '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'],
    [
      'a day of this time zone, not of Greenwich',
      'America/New_York',
      dayOf,
      '2026-11-24T03:00:00Z',
      '2026-11-23T05:00:00.000Z',
      '2026-11-24T05:00:00.000Z',
    ],
    [
      'the day of 23 hours on which clocks are put forward',
      'America/New_York',
      dayOf,
      '2026-03-08T12:00:00Z',
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
    ],
    [
      'the day of 25 hours on which they are put back, in its second 1:30',
      'America/New_York',
      dayOf,
      '2026-11-01T06:30:00Z',
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ],
    [
      'a day that begins at a quarter to',
      'Asia/Kathmandu',
      dayOf,
      '2026-11-23T18:20:00Z',
      '2026-11-23T18:15:00.000Z',
      '2026-11-24T18:15:00.000Z',
    ],
    [
      'the month of the last second of a year',
      'UTC',
      monthOf,
      '2026-12-31T23:59:59Z',
      '2026-12-01T00:00:00.000Z',
      '2027-01-01T00:00:00.000Z',
    ],
    [
      'a month in which clocks are changed',
      'Europe/Berlin',
      monthOf,
      '2026-10-31T23:30:00Z',
      '2026-10-31T23:00:00.000Z',
      '2026-11-30T23:00:00.000Z',
    ],
  ])('%s', (_, timeZone, period, now, from, until) => check(timeZone, period, now, from, until));
});

describe('which limits hold', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  const kinds = (settings: Parameters<typeof limitsOf>[0], chatId?: string): readonly string[] =>
    limitsOf(settings, { provider: 'cloud', ...(chatId !== undefined && { chatId }) }, now).map(
      ({ kind, dollars }) => `${kind} ${dollars}`,
    );

  it.each<[string, Parameters<typeof limitsOf>[0], readonly string[]]>([
    ['none', {}, []],
    ['none that is null', { perDay: null, perMonth: null, perChat: null, perProvider: {} }, []],
    [
      'each that is set',
      { perDay: 1, perMonth: 2, perChat: 3, perProvider: { cloud: 4, other: 5 } },
      ['day 1', 'month 2', 'chat 3', 'provider 4'],
    ],
    ['nought, which is a limit, too', { perDay: 0 }, ['day 0']],
    ['none that is no amount', { perDay: -1, perMonth: '5', perChat: Number.NaN, perProvider: [3] }, []],
  ])('%s', (_, settings, expected) => {
    expect(kinds(settings, 'c')).toEqual(expected);
    expect(hasBudget(settings)).toBe(expected.length > 0);
  });

  it('a budget for chats says nothing of what belongs to no chat', () => {
    expect(kinds({ perChat: 3 })).toEqual([]);
  });
});
