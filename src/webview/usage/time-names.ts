import type { TimelineUnit } from '../../protocol/usage-view.ts';

const short: Readonly<Record<TimelineUnit, Intl.DateTimeFormat>> = {
  hour: new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' }),
  day: new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' }),
  week: new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' }),
};
const weekday = new Intl.DateTimeFormat('en-US', { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Under the axis: `Nov 23`, `14:00`, `Nov 2026`. `from` is a local time already, so no zone may move it. */
export function shortTime(unit: TimelineUnit, from: string): string {
  return short[unit].format(at(from));
}

/** In a sentence: `Mon, Nov 23`, `Week of Nov 23`. */
export function longTime(unit: TimelineUnit, from: string): string {
  if (unit === 'day') return weekday.format(at(from));
  return unit === 'week' ? `Week of ${shortTime(unit, from)}` : shortTime(unit, from);
}

const at = (from: string): Date => new Date(`${from}:00Z`);
