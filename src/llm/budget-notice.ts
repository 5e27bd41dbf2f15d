import type { ModelRef } from './model-ref.ts';

/** A limit the user set on what may be spent, and how much of it is gone. US dollars, milliseconds since 1970. */
export interface BudgetState {
  readonly of: 'day' | 'month' | 'chat' | 'provider';
  readonly provider?: string;
  readonly dollars: number;
  readonly spent: number;
  /** When it begins anew; absent = never. */
  readonly until?: number;
  /** An administrator's. */
  readonly imposed?: true;
}

/** What the user should know of his budgets, beside a reply or in a notification. */
export type BudgetNotice =
  /** Most of it is gone. */
  | { readonly kind: 'budget'; readonly about: 'near'; readonly budget: BudgetState }
  /** Nobody knows what the model costs: no budget can see it. */
  | { readonly kind: 'budget'; readonly about: 'unseen'; readonly model: ModelRef }
  /** The user let this one request through. */
  | { readonly kind: 'budget'; readonly about: 'allowed'; readonly budget: BudgetState };
