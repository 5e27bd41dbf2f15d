import type { TimelinePiece, UsageGroupView, UsageSumsView, UsageView } from '../../../src/protocol/usage-view.ts';

/** Sums of requests that all went well, with what a test changes about them. */
export function sums(changes: Partial<UsageSumsView> = {}): UsageSumsView {
  return {
    requests: 40,
    pending: 0,
    failed: 0,
    errorRate: 0,
    cost: 1.25,
    unpriced: 0,
    input: 120_000,
    cached: 60_000,
    output: 8000,
    reasoning: 0,
    estimated: 0,
    cacheHitRate: 0.5,
    firstToken: { p50: 420, p95: 1900 },
    total: { p50: 2100, p95: 9400 },
    ...changes,
  };
}

export const group = (key: string, changes: Partial<UsageSumsView> = {}): UsageGroupView => ({ key, ...sums(changes) });

const models = [
  group('anthropic/claude-sonnet-4-5', { cost: 8.4, requests: 210, total: { p50: 5200, p95: 21_000 } }),
  group('openai/gpt-5', { cost: 4.6, requests: 180, failed: 9, errorRate: 0.05, cacheHitRate: 0.31 }),
  group('openai/gpt-5-mini', { cost: 0.52, requests: 320, firstToken: { p50: 310, p95: 900 } }),
  group('mistral/codestral-latest', { cost: 0.31, requests: 2900, firstToken: { p50: 120, p95: 480 } }),
  group('google/gemini-2.5-pro', { cost: 0.9, requests: 30, estimated: 3 }),
  group('xai/grok-code-fast-1', { cost: 0.12, requests: 22, unpriced: 2 }),
  withoutCache('inside/qwen2.5-coder-1.5b', { cost: 0, requests: 1400, estimated: 1400 }),
  withoutCache('work-cluster/qwen3-coder-480b-a35b-instruct-fp8', { cost: 0, requests: 75, unpriced: 75 }),
];

function withoutCache(key: string, changes: Partial<UsageSumsView>): UsageGroupView {
  const { cacheHitRate: _, ...rest } = group(key, { cached: 0, ...changes });
  return rest;
}

/** A month of an ordinary developer: weekends off, one bad day, one model that nobody has a price for. */
export function usage(changes: Partial<UsageView> = {}): UsageView {
  return {
    filter: { range: '30-days' },
    at: new Date(2026, 10, 23, 14, 32, 5).getTime(),
    everUsed: true,
    choices: {
      models: models.map(({ key }) => key).sort(),
      providers: ['anthropic', 'google', 'inside', 'mistral', 'openai', 'work-cluster', 'xai'],
      roles: ['chat', 'completion', 'edit'],
    },
    budgets: [
      { name: 'Today', spent: 1.31, limit: 5 },
      { name: 'This month', spent: 43.1, limit: 50 },
    ],
    all: sums({
      requests: 5137,
      pending: 1,
      failed: 63,
      errorRate: 0.0123,
      cost: 14.85,
      unpriced: 77,
      estimated: 1403,
      input: 9_310_000,
      cached: 4_120_000,
      output: 612_000,
      reasoning: 121_000,
      cacheHitRate: 0.443,
    }),
    models,
    roles: [
      group('chat', { cost: 12.1, requests: 437, input: 5_900_000, output: 380_000 }),
      group('edit', { cost: 2.3, requests: 60, input: 800_000, output: 90_000 }),
      group('completion', { cost: 0.45, requests: 4640, input: 2_600_000, output: 142_000 }),
    ],
    providers: [
      group('anthropic', { cost: 8.4, requests: 210 }),
      group('openai', { cost: 5.12, requests: 500 }),
      group('mistral', { cost: 0.31, requests: 2900 }),
      group('inside', { cost: 0, requests: 1400 }),
    ],
    timeline: { unit: 'day', models: models.slice(0, 6).map(({ key }) => key), pieces: month() },
    ...changes,
  };
}

/** Cost, requests and tokens of each model with a series, and of all others. */
const ordinaryDay: readonly (readonly [cost: number, requests: number, tokens: number])[] = [
  [0.35, 9, 90_000],
  [0.19, 8, 60_000],
  [0.02, 14, 40_000],
  [0.013, 120, 70_000],
  [0.04, 2, 9000],
  [0.005, 1, 2000],
  [0, 60, 50_000],
];

function month(): readonly TimelinePiece[] {
  return Array.from({ length: 30 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 9, 25 + index));
    const from = `${day.toISOString().slice(0, 10)}T00`;
    const weekend = day.getUTCDay() % 6 === 0;
    // The same month in every run, but no two days alike.
    const busy = weekend ? 0 : 1 + Math.sin(index * 1.7) * 0.5;
    return {
      from,
      series: ordinaryDay.map(([cost, requests, tokens]) => ({
        cost: cost * busy,
        requests: Math.round(requests * busy),
        tokens: Math.round(tokens * busy),
      })),
      ...(busy > 0 && { errorRate: index === 12 ? 0.21 : 0.01 * busy, cacheHitRate: 0.3 + 0.2 * busy }),
    };
  });
}

/** What the page is told where nothing was ever asked. */
export const nothingEver: UsageView = usage({
  everUsed: false,
  choices: { models: [], providers: [], roles: [] },
  budgets: [],
  all: withoutLatency(sums({ requests: 0, cost: 0, input: 0, cached: 0, output: 0 })),
  models: [],
  roles: [],
  providers: [],
  timeline: { unit: 'day', models: [], pieces: [] },
});

function withoutLatency({ firstToken: _, total: __, cacheHitRate: ___, ...rest }: UsageSumsView): UsageSumsView {
  return rest;
}
