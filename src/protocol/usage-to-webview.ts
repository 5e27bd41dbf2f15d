import type { UsageView } from './usage-view.ts';

/** What the host tells the usage page. */
export type UsageToWebview =
  | { readonly type: 'usage'; readonly view: UsageView }
  | { readonly type: 'usage-failed'; readonly problem: string };
