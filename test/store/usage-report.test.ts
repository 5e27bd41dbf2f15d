import { describe, expect, it } from 'vitest';
import { databaseAt } from '../../src/store/database.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { UsageReports } from '../../src/store/usage-report.ts';
import type { UsageRow } from '../../src/store/usage-row.ts';

const row = (over: Partial<UsageRow>): UsageRow => ({
  at: new Date(2026, 10, 23, 12).getTime(),
  role: 'chat',
  model: 'cloud/m',
  provider: 'cloud',
  totalMs: 100,
  outcome: 'stop',
  ...over,
});

async function house(rows: readonly UsageRow[]) {
  const open = databaseAt(':memory:');
  const ledger = new UsageLedger(open);
  for (const one of rows) await ledger.record(one);
  return { open, ledger, reports: new UsageReports(open) };
}

describe('a report of usage', () => {
  it('sums by day, model, role and provider', async () => {
    const { reports } = await house([
      row({ at: new Date(2026, 10, 22, 23, 59).getTime(), cost: 0.5, model: 'cloud/a' }),
      row({ cost: 0.25, role: 'completion', model: 'other/b', provider: 'other' }),
      row({ cost: 1, model: 'cloud/a', usage: { input: 100, cached: 80, output: 10, reasoning: 4, estimated: true } }),
    ]);
    const report = await reports.report({});
    const summary = (groups: typeof report.days) => groups.map(({ key, requests, cost }) => [key, requests, cost]);
    expect(summary(report.days)).toEqual([
      ['2026-11-22', 1, 0.5],
      ['2026-11-23', 2, 1.25],
    ]);
    expect(summary(report.models)).toEqual([
      ['cloud/a', 2, 1.5],
      ['other/b', 1, 0.25],
    ]);
    expect(summary(report.roles)).toEqual([
      ['chat', 2, 1.5],
      ['completion', 1, 0.25],
    ]);
    expect(summary(report.providers)).toEqual([
      ['cloud', 2, 1.5],
      ['other', 1, 0.25],
    ]);
    expect(report.all).toMatchObject({ requests: 3, cost: 1.75, input: 100, cached: 80, output: 10, reasoning: 4 });
    expect(report.all).toMatchObject({ estimated: 1, cacheHitRate: 0.8 });
  });

  it('tells failures from replies, and from what was stopped, lost or is under way', async () => {
    const { reports, ledger } = await house(
      ['stop', 'length', 'tool-calls', 'aborted', 'lost', 'rate-limit', 'connection-lost'].map((outcome) =>
        row({ outcome, cost: 0 }),
      ),
    );
    await ledger.begin({ at: Date.now(), role: 'chat', model: 'cloud/m', provider: 'cloud' });
    const { all } = await reports.report({});
    expect(all).toMatchObject({ requests: 8, pending: 1, failed: 2, errorRate: 2 / 7, unpriced: 0 });
  });

  it('knows how long they took: half of them, and all but the slowest', async () => {
    const { reports } = await house(
      Array.from({ length: 100 }, (_, index) => row({ firstTokenMs: index + 1, totalMs: (index + 1) * 10 })),
    );
    const { all } = await reports.report({});
    expect(all).toMatchObject({ firstToken: { p50: 50, p95: 95 }, total: { p50: 500, p95: 950 } });
  });

  it('of nothing is a report', async () => {
    const { reports } = await house([]);
    expect(await reports.report({})).toMatchObject({ all: { requests: 0, errorRate: 0, cost: 0 }, days: [] });
    expect((await reports.report({})).all).not.toHaveProperty('cacheHitRate');
  });

  it.each<[string, Parameters<UsageReports['report']>[0], number]>([
    ['all', {}, 4],
    ['from', { from: 2000 }, 3],
    ['until, which is not in it', { until: 3000 }, 2],
    ['model', { model: 'cloud/a' }, 2],
    ['role', { role: 'chat' }, 1],
    ['provider', { provider: 'other' }, 1],
    ['chat', { chatId: 'c' }, 1],
    ['several at once', { model: 'cloud/a', role: 'completion' }, 1],
  ])('is filtered by %s', async (_, filter, requests) => {
    const { reports } = await house([
      row({ at: 1000, model: 'cloud/a', role: 'completion' }),
      row({ at: 2000, model: 'cloud/a', chatId: 'c' }),
      row({ at: 3000, model: 'cloud/b', role: 'edit' }),
      row({ at: 4000, provider: 'other', role: 'agent' }),
    ]);
    expect((await reports.report(filter)).all.requests).toBe(requests);
    const rows: UsageRow[] = [];
    for await (const one of reports.rows(filter)) rows.push(one);
    expect(rows.length).toBe(requests);
  });

  it('hands out rows of any number, oldest first, while others are written', async () => {
    const { reports, ledger } = await house(Array.from({ length: 1100 }, (_, at) => row({ at })));
    let count = 0;
    for await (const { at } of reports.rows({ until: 1100 })) {
      expect(at).toBe(count++);
      if (count === 700) await ledger.record(row({ at: 5000 }));
    }
    expect(count).toBe(1100);
  });

  it('names what there is to filter by', async () => {
    const { reports } = await house([row({ model: 'cloud/b' }), row({ model: 'cloud/a', role: 'edit' })]);
    expect(await reports.choices()).toEqual({
      models: ['cloud/a', 'cloud/b'],
      roles: ['chat', 'edit'],
      providers: ['cloud'],
    });
  });
});
