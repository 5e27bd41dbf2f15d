import * as l10n from '@vscode/l10n';
import type { UsageFilterView, UsageRange } from '../../protocol/usage-view.ts';

/** What the reader chose to see; it outlives a reload of the page. */
export interface Wishes {
  readonly filter: UsageFilterView;
  readonly measure: Measure;
  readonly latency: LatencyKind;
  readonly sort: Sort;
}

/** What the charts measure. */
export type Measure = 'cost' | 'tokens' | 'requests';

export type LatencyKind = 'firstToken' | 'total';

export interface Sort {
  /** A column of the table of models. */
  readonly column: string;
  readonly descending: boolean;
}

export const ranges = (): readonly (readonly [UsageRange, label: string])[] => [
  ['today', l10n.t('Today')],
  ['7-days', l10n.t('7 days')],
  ['30-days', l10n.t('30 days')],
  ['all', l10n.t('All')],
];

export const measures = (): readonly (readonly [Measure, label: string])[] => [
  ['cost', l10n.t('Cost')],
  ['tokens', l10n.t('Tokens')],
  ['requests', l10n.t('Requests')],
];

export const latencyKinds = (): readonly (readonly [LatencyKind, label: string])[] => [
  ['firstToken', l10n.t('First token')],
  ['total', l10n.t('Whole reply')],
];

/** The wishes in a saved state, which an older page or nobody may have written. */
export function readWishes(state: unknown): Wishes {
  const saved = entriesOf(state);
  const filter = entriesOf(saved['filter']);
  const sort = entriesOf(saved['sort']);
  return {
    filter: {
      range: oneOf(ranges(), filter['range']) ?? '30-days',
      ...text('model', filter),
      ...text('provider', filter),
      ...text('role', filter),
    },
    measure: oneOf(measures(), saved['measure']) ?? 'cost',
    latency: oneOf(latencyKinds(), saved['latency']) ?? 'firstToken',
    sort: {
      column: typeof sort['column'] === 'string' ? sort['column'] : 'cost',
      descending: sort['descending'] !== false,
    },
  };
}

type Entries = Readonly<Record<string, unknown>>;

const entriesOf = (value: unknown): Entries => (typeof value === 'object' && value !== null ? { ...value } : {});

function oneOf<T extends string>(known: readonly (readonly [T, string])[], value: unknown): T | undefined {
  return known.find(([name]) => name === value)?.[0];
}

function text<Name extends string>(name: Name, from: Entries): { readonly [N in Name]?: string } {
  const value = from[name];
  return typeof value === 'string' ? ({ [name]: value } as { readonly [N in Name]?: string }) : {};
}
