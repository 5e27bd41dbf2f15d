import * as l10n from '@vscode/l10n';
import type { TimelineUnit } from '../../protocol/usage-view.ts';
import { times } from '../in-language.ts';

const short: Readonly<Record<TimelineUnit, (at: Date) => string>> = {
  hour: times({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' }),
  day: times({ month: 'short', day: 'numeric', timeZone: 'UTC' }),
  week: times({ month: 'short', day: 'numeric', timeZone: 'UTC' }),
  month: times({ month: 'short', year: 'numeric', timeZone: 'UTC' }),
};
const weekday = times({ weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Under the axis: `Nov 23`, `14:00`, `Nov 2026`. `from` is a local time already, so no zone may move it. */
export function shortTime(unit: TimelineUnit, from: string): string {
  return short[unit](at(from));
}

/** In a sentence: `Mon, Nov 23`, `Week of Nov 23`. */
export function longTime(unit: TimelineUnit, from: string): string {
  if (unit === 'day') return weekday(at(from));
  return unit === 'week' ? l10n.t('Week of {0}', shortTime(unit, from)) : shortTime(unit, from);
}

const at = (from: string): Date => new Date(`${from}:00Z`);
