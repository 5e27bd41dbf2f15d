import * as l10n from '@vscode/l10n';
import type { UsageView } from '../../protocol/chat-view.ts';
import { numbers } from '../in-language.ts';

/** Words for the line under a reply, in reading order. */
export function usageText(usage: UsageView): readonly string[] {
  const about = usage.estimated ? '≈' : '';
  const input = `${about}${count(usage.inputTokens)}`;
  return [
    usage.cachedTokens
      ? l10n.t('{0} in ({1} cached)', input, shareOf(usage.cachedTokens, usage.inputTokens))
      : l10n.t('{0} in', input),
    l10n.t('{0} out', `${about}${count(usage.outputTokens)}`),
    ...(usage.cost === undefined ? [] : [`${about}${dollars(usage.cost)}`]),
    duration(usage.totalMs),
    ...(usage.firstTokenMs === undefined ? [] : [l10n.t('first token {0}', duration(usage.firstTokenMs))]),
  ];
}

/** Servers may count less than what lay in their cache. A part is never shown as nothing or as all. */
function shareOf(part: number, whole: number): string {
  if (part >= whole) return '100 %';
  return `${Math.min(99, Math.max(1, Math.round((part / whole) * 100)))} %`;
}

const count = numbers({});
const tenths = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false });
const wholeSums = numbers({ style: 'currency', currency: 'USD' });
const smallSums = numbers({ style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });

/** Small sums keep two digits that mean something: $0.00 would look like free. */
const dollars = (cost: number): string => (cost >= 1 ? wholeSums : smallSums)(cost);

/** In the unit that reads best. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${tenths(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
