import type { Limit } from '../store/usage-reservations.ts';
import { isObject } from '../util/json.ts';

/** The settings `tutti.budget.*` as they stand now, unread. */
export interface BudgetSettings {
  readonly perDay?: unknown;
  readonly perMonth?: unknown;
  readonly perChat?: unknown;
  readonly perProvider?: unknown;
}

/** What an administrator lets everybody spend. */
export type BudgetCeiling = Pick<BudgetSettings, 'perDay' | 'perMonth'>;

/** The limits that a request begun at `now` has to keep, by the calendar of this machine's time zone. */
export function limitsOf(
  settings: BudgetSettings,
  { provider, chatId }: { readonly provider: string; readonly chatId?: string },
  now: number,
  ceiling: BudgetCeiling = {},
): readonly Limit[] {
  const [perDay, perMonth, perChat] = [settings.perDay, settings.perMonth, settings.perChat].map(amountOf);
  const { perProvider } = settings;
  const ofProvider = amountOf(isObject(perProvider) ? perProvider[provider] : undefined);
  const [mostPerDay, mostPerMonth] = [ceiling.perDay, ceiling.perMonth].map(amountOf);
  return [
    ...(mostPerDay === undefined ? [] : [{ kind: 'day', dollars: mostPerDay, imposed: true, ...dayOf(now) } as const]),
    ...(mostPerMonth === undefined
      ? []
      : [{ kind: 'month', dollars: mostPerMonth, imposed: true, ...monthOf(now) } as const]),
    ...(perDay === undefined ? [] : [{ kind: 'day', dollars: perDay, ...dayOf(now) } as const]),
    ...(perMonth === undefined ? [] : [{ kind: 'month', dollars: perMonth, ...monthOf(now) } as const]),
    ...(perChat === undefined || chatId === undefined
      ? []
      : [{ kind: 'chat', dollars: perChat, from: 0, chatId } as const]),
    ...(ofProvider === undefined
      ? []
      : [{ kind: 'provider', dollars: ofProvider, provider, ...monthOf(now) } as const]),
  ];
}

/** Whether any budget is set at all. */
export function hasBudget({ perDay, perMonth, perChat, perProvider }: BudgetSettings): boolean {
  const ofProviders = isObject(perProvider) ? Object.values(perProvider) : [];
  return [perDay, perMonth, perChat, ...ofProviders].some((value) => amountOf(value) !== undefined);
}

export interface Period {
  readonly from: number;
  readonly until: number;
}

/** The local day; those on which clocks are changed are longer or shorter. */
export function dayOf(now: number): Period {
  const date = new Date(now);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return { from: new Date(year, month, day).getTime(), until: new Date(year, month, day + 1).getTime() };
}

export function monthOf(now: number): Period {
  const date = new Date(now);
  const [year, month] = [date.getFullYear(), date.getMonth()];
  return { from: new Date(year, month).getTime(), until: new Date(year, month + 1).getTime() };
}

/** Nought is a budget, too: nothing that costs. */
function amountOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
