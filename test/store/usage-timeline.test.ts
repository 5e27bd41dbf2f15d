import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../src/store/migrations.ts';
import { usageColumns } from '../../src/store/usage-columns.ts';
import type { UsageFilter } from '../../src/store/usage-report.ts';
import type { UsageRow } from '../../src/store/usage-row.ts';
import { type UsageTimeline, usageTimeline } from '../../src/store/usage-timeline.ts';

const now = new Date('2026-11-23T14:32').getTime();
const at = (text: string): number => new Date(text).getTime();
const row = (changes: Partial<UsageRow>): UsageRow => ({
  at: at('2026-11-23T09:00'),
  role: 'chat',
  model: 'a/one',
  provider: 'a',
  usage: { input: 100, output: 10 },
  cost: 1,
  totalMs: 100,
  outcome: 'stop',
  ...changes,
});

async function timeline(rows: readonly Partial<UsageRow>[], filter: UsageFilter = {}): Promise<UsageTimeline> {
  using database = new DatabaseSync(':memory:');
  for (const migration of migrations) database.exec(migration);
  for (const changes of rows) {
    const columns = usageColumns(row(changes));
    const names = Object.keys(columns);
    database
      .prepare(`insert into usage (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(columns));
  }
  return await usageTimeline(database, filter, now);
}

const week = { from: at('2026-11-17T00:00') };

describe('usage over time', () => {
  it('has every day, the empty ones too', async () => {
    const { unit, models, pieces } = await timeline([{}, { at: at('2026-11-20T23:59:59.999'), cost: 3 }], week);
    expect([unit, models]).toEqual(['day', ['a/one']]);
    expect(pieces.map(({ series }) => series[0]?.cost)).toEqual([0, 0, 0, 3, 0, 0, 1]);
    expect(pieces[6]).toEqual({
      from: '2026-11-23T00',
      series: [
        { requests: 1, cost: 1, tokens: 110 },
        { requests: 0, cost: 0, tokens: 0 },
      ],
      errorRate: 0,
    });
  });

  it('counts what the filter lets through and nothing else', async () => {
    const rows = [{}, { model: 'b/two', provider: 'b' }, { role: 'edit' }, { at: at('2026-11-01T00:00') }];
    const { models, pieces } = await timeline(rows, { ...week, provider: 'a', role: 'chat' });
    expect(models).toEqual(['a/one']);
    expect(pieces.reduce((sum, { series }) => sum + (series[0]?.requests ?? 0), 0)).toBe(1);
  });

  it('tells rates of what is over, and of endpoints that count their cache', async () => {
    const rows: readonly Partial<UsageRow>[] = [
      { outcome: 'overloaded' },
      { outcome: 'aborted' },
      { outcome: 'pending' },
      { usage: { input: 300, output: 1, cached: 75 } },
    ];
    const piece = (await timeline(rows, week)).pieces.at(-1);
    expect([piece?.errorRate, piece?.cacheHitRate]).toEqual([1 / 3, 0.25]);
  });

  it('gives a series to models with a large share of anything; the others share the last one', async () => {
    const rows: readonly Partial<UsageRow>[] = [
      { model: 'dear/x', cost: 50 },
      { model: 'long/x', cost: 0, usage: { input: 9000, output: 0 } },
      ...Array.from({ length: 20 }, () => ({ model: 'often/x', cost: 0 })),
      ...['c', 'd', 'e', 'f', 'g'].map((name) => ({ model: `${name}/x` })),
    ];
    const { models, pieces } = await timeline(rows, week);
    expect(models).toHaveLength(6);
    expect(models.slice(0, 3).toSorted()).toEqual(['dear/x', 'long/x', 'often/x']);
    expect(pieces.at(-1)?.series.at(-1)?.requests).toBe(2);
  });

  it('is the same however long it reads', async () => {
    const rows = Array.from({ length: 70 }, (_, week) => ({ at: now - week * 7 * 86_400_000 }));
    const { unit, pieces } = await timeline(rows);
    expect(unit).toBe('month');
    expect(pieces.reduce((sum, { series }) => sum + (series[0]?.requests ?? 0), 0)).toBe(70);
  });

  it('begins with the first request where no range is given', async () => {
    const { pieces } = await timeline([{ at: at('2026-11-19T08:00') }, {}]);
    expect(pieces[0]?.from).toBe('2026-11-19T00');
    expect((await timeline([])).pieces).toHaveLength(1);
  });
});
