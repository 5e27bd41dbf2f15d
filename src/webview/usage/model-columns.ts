import * as l10n from '@vscode/l10n';
import type { UsageGroupView } from '../../protocol/usage-view.ts';
import { language } from '../in-language.ts';
import { duration } from '../message/usage-text.ts';
import { count, money, percent } from './figures.ts';
import type { Sort } from './wishes.ts';

export interface ModelColumn {
  readonly id: string;
  readonly title: string;
  /** What it is sorted by; undefined = not known, always last. */
  readonly value: (group: UsageGroupView) => number | string | undefined;
  readonly text: (group: UsageGroupView) => string;
}

const unknown = '–';

/** The columns of the table of models, left to right; the first one names the row. */
export const modelColumns = (): readonly ModelColumn[] => [
  { id: 'model', title: l10n.t('Model'), value: ({ key }) => key, text: ({ key }) => key },
  {
    id: 'requests',
    title: l10n.t('Requests'),
    value: ({ requests }) => requests,
    text: ({ requests }) => count(requests),
  },
  { id: 'cost', title: l10n.t('Cost'), value: costOf, text: costText },
  { id: 'input', title: l10n.t('Tokens in'), value: ({ input }) => input, text: (group) => tokens(group, group.input) },
  { id: 'cached', title: l10n.t('From cache'), value: ({ cached }) => cached, text: ({ cached }) => count(cached) },
  {
    id: 'hits',
    title: l10n.t('Cache hits'),
    value: ({ cacheHitRate }) => cacheHitRate,
    text: ({ cacheHitRate }) => (cacheHitRate === undefined ? unknown : percent(cacheHitRate)),
  },
  {
    id: 'output',
    title: l10n.t('Tokens out'),
    value: ({ output }) => output,
    text: (group) => tokens(group, group.output),
  },
  {
    id: 'errors',
    title: l10n.t('Errors'),
    value: ({ errorRate }) => errorRate,
    text: ({ errorRate }) => percent(errorRate),
  },
  latency('first-p50', l10n.t('First token p50'), ({ firstToken }) => firstToken?.p50),
  latency('first-p95', l10n.t('First token p95'), ({ firstToken }) => firstToken?.p95),
  latency('total-p50', l10n.t('Whole reply p50'), ({ total }) => total?.p50),
  latency('total-p95', l10n.t('Whole reply p95'), ({ total }) => total?.p95),
];

/** The groups in the order the reader wants; those that know nothing come last either way. */
export function sorted(groups: readonly UsageGroupView[], sort: Sort): readonly UsageGroupView[] {
  const value = modelColumns().find(({ id }) => id === sort.column)?.value ?? costOf;
  const sign = sort.descending ? -1 : 1;
  return groups.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    if (typeof a === 'string' || typeof b === 'string') return sign * String(a).localeCompare(String(b), language());
    return sign * (a - b) || other.requests - one.requests;
  });
}

function costOf({ cost, unpriced, requests, pending }: UsageGroupView): number | undefined {
  return unpriced > 0 && unpriced === requests - pending ? undefined : cost;
}

function costText(group: UsageGroupView): string {
  if (costOf(group) === undefined) return l10n.t('not known');
  return `${money(group.cost, group.estimated)}${group.unpriced > 0 ? ' +' : ''}`;
}

const tokens = ({ estimated }: UsageGroupView, value: number): string => `${estimated > 0 ? '≈' : ''}${count(value)}`;

function latency(id: string, title: string, value: (group: UsageGroupView) => number | undefined): ModelColumn {
  return {
    id,
    title,
    value,
    text: (group) => {
      const ms = value(group);
      return ms === undefined ? unknown : duration(ms);
    },
  };
}
