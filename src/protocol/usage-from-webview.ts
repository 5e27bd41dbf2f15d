import type { UsageFilterView } from './usage-view.ts';

/** What the usage page asks of the host. */
export type UsageFromWebview =
  | { readonly type: 'need-usage'; readonly filter: UsageFilterView }
  | { readonly type: 'export-usage'; readonly format: UsageFormat; readonly filter: UsageFilterView }
  | { readonly type: 'open-budget-settings' };

export type UsageFormat = 'csv' | 'json';
