/** What the usage page draws. Money in US dollars, times in milliseconds; everything is summed already. */
export interface UsageView {
  readonly filter: UsageFilterView;
  /** When it was read, milliseconds since 1970. */
  readonly at: number;
  /** Whether anything was ever asked: nothing in a range is another thing than nothing at all. */
  readonly everUsed: boolean;
  readonly choices: UsageChoices;
  readonly budgets: readonly BudgetView[];
  readonly all: UsageSumsView;
  readonly models: readonly UsageGroupView[];
  readonly roles: readonly UsageGroupView[];
  readonly providers: readonly UsageGroupView[];
  readonly timeline: TimelineView;
}

export type UsageRange = 'today' | '7-days' | '30-days' | 'all';

export interface UsageFilterView {
  readonly range: UsageRange;
  readonly model?: string;
  readonly provider?: string;
  readonly role?: string;
}

/** What there is to filter by. */
export interface UsageChoices {
  readonly models: readonly string[];
  readonly providers: readonly string[];
  readonly roles: readonly string[];
}

export interface BudgetView {
  /** E.g. "Today". */
  readonly name: string;
  readonly spent: number;
  readonly limit: number;
}

export interface UsageSumsView {
  readonly requests: number;
  /** Still under way: in `requests`, in nothing else. */
  readonly pending: number;
  readonly failed: number;
  readonly errorRate: number;
  readonly cost: number;
  /** Requests whose price is not known: `cost` lacks them. */
  readonly unpriced: number;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
  /** Requests whose tokens are an estimate. */
  readonly estimated: number;
  /** Absent: no endpoint counts its cache. */
  readonly cacheHitRate?: number;
  readonly firstToken?: LatencyView;
  readonly total?: LatencyView;
}

export interface LatencyView {
  readonly p50: number;
  readonly p95: number;
}

export interface UsageGroupView extends UsageSumsView {
  readonly key: string;
}

/** The range cut into equal pieces, the empty ones too, oldest first. */
export interface TimelineView {
  readonly unit: TimelineUnit;
  /** The models with a series of their own, the weightiest first. */
  readonly models: readonly string[];
  readonly pieces: readonly TimelinePiece[];
}

export type TimelineUnit = 'hour' | 'day' | 'week' | 'month';

export interface TimelinePiece {
  /** The local date and hour it begins with: `2026-11-23T14`. */
  readonly from: string;
  /** One for each of `models`, then one for all other models. */
  readonly series: readonly SeriesView[];
  readonly errorRate?: number;
  readonly cacheHitRate?: number;
}

export interface SeriesView {
  readonly requests: number;
  readonly cost: number;
  /** In and out. */
  readonly tokens: number;
}
