import * as l10n from '@vscode/l10n';
import { type BudgetSettings, limitsOf } from '../gateway/budget-limits.ts';
import type { BudgetView, UsageFilterView, UsageView } from '../protocol/usage-view.ts';
import type { OpenDatabase } from '../store/database.ts';
import { type UsageFilter, UsageReports } from '../store/usage-report.ts';
import { type Limit, Reservations } from '../store/usage-reservations.ts';
import { usageTimeline } from '../store/usage-timeline.ts';
import { isObject } from '../util/json.ts';

/** All that the usage page draws for a filter. */
export async function answerUsage(
  open: OpenDatabase,
  settings: BudgetSettings,
  filter: UsageFilterView,
  now: number,
): Promise<UsageView> {
  const reports = new UsageReports(open);
  const wanted = ledgerFilter(filter, now);
  const [{ all, models, roles, providers }, choices] = [await reports.report(wanted), await reports.choices()];
  return {
    filter,
    at: now,
    everUsed: choices.models.length > 0,
    choices,
    budgets: await budgetsOf(open, settings, now),
    all,
    models,
    roles,
    providers,
    timeline: await usageTimeline(await open(), wanted, now),
  };
}

const daysOf = { today: 1, '7-days': 7, '30-days': 30, all: undefined } as const;

/** Days are whole ones of this machine's calendar; today is the last of them. */
export function ledgerFilter({ range, ...which }: UsageFilterView, now: number): UsageFilter {
  const days = daysOf[range];
  if (days === undefined) return which;
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  from.setDate(from.getDate() - (days - 1));
  return { ...which, from: from.getTime() };
}

/** Those of a time, for all chats: what a single chat may cost is told in the chat. */
async function budgetsOf(open: OpenDatabase, settings: BudgetSettings, now: number): Promise<readonly BudgetView[]> {
  const ofProviders = isObject(settings.perProvider) ? Object.keys(settings.perProvider) : [];
  const limits = [
    ...limitsOf({ perDay: settings.perDay, perMonth: settings.perMonth }, { provider: '' }, now),
    ...ofProviders.flatMap((provider) => limitsOf({ perProvider: settings.perProvider }, { provider }, now)),
  ];
  if (limits.length === 0) return [];
  const standings = await new Reservations(open).standings(limits, now);
  return standings.map(({ limit, spent }) => ({ name: nameOf(limit), spent, limit: limit.dollars }));
}

function nameOf({ kind, provider }: Limit): string {
  if (kind === 'day') return l10n.t('Today');
  return provider === undefined ? l10n.t('This month') : l10n.t('{0} this month', provider);
}
