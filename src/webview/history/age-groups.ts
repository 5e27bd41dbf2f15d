import * as l10n from '@vscode/l10n';
import type { HistoryItem } from '../../protocol/history-view.ts';

export interface AgeGroup {
  readonly name: string;
  readonly items: readonly HistoryItem[];
}

const dayMs = 24 * 60 * 60 * 1000;

/** The chats under headings, in the order they came. */
export function ageGroups(items: readonly HistoryItem[], now: number): readonly AgeGroup[] {
  const groups = new Map<string, HistoryItem[]>();
  for (const item of items) {
    const name = item.pinned ? l10n.t('Pinned') : ageOf(item.updatedAt, now);
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups].map(([name, of]) => ({ name, items: of }));
}

function ageOf(at: number, now: number): string {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return l10n.t('Today');
  if (at >= midnight - dayMs) return l10n.t('Yesterday');
  if (at >= midnight - 7 * dayMs) return l10n.t('Last 7 days');
  if (at >= midnight - 30 * dayMs) return l10n.t('Last 30 days');
  return l10n.t('Older');
}

/** A time of today, else a date; with the year where it is another. */
export function whenText(at: number, now: number, language: string): string {
  const [then, today] = [new Date(at), new Date(now)];
  if (then.toDateString() === today.toDateString()) {
    return then.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  }
  const year = then.getFullYear() === today.getFullYear() ? undefined : 'numeric';
  return then.toLocaleDateString(language, { day: 'numeric', month: 'short', ...(year && { year }) });
}
