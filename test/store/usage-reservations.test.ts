import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseAt } from '../../src/store/database.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { UsageReports } from '../../src/store/usage-report.ts';
import { type Limit, Reservations } from '../../src/store/usage-reservations.ts';
import type { UsageRow } from '../../src/store/usage-row.ts';

const at = Date.UTC(2026, 10, 23, 12);
const from = Date.UTC(2026, 10, 23);
const until = Date.UTC(2026, 10, 24);
const day = (dollars: number): Limit => ({ kind: 'day', dollars, from, until });
const wanted = { at, provider: 'cloud', chatId: 'c', amount: 0.4 };
const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'tutti-usage-')), 'tutti.db');
const throwIt = (error: unknown): never => {
  throw error;
};

const row = (cost: number, over: Partial<UsageRow> = {}): UsageRow => ({
  at,
  role: 'chat',
  chatId: 'c',
  model: 'cloud/m',
  provider: 'cloud',
  cost,
  totalMs: 10,
  outcome: 'stop',
  ...over,
});

describe('what a budget sets aside', () => {
  it.each<[what: string, limit: Limit, verdict: 'reserved' | 'refused']>([
    ['a day with room', day(1), 'reserved'],
    ['a day to the last cent', day(0.9), 'reserved'],
    ['a day that is nearly used up', day(0.89), 'refused'],
    ['a budget of nothing', day(0), 'refused'],
    ['another day', { ...day(0.5), from: until, until: until + 1 }, 'reserved'],
    ['its chat', { kind: 'chat', dollars: 0.8, from: 0, chatId: 'c' }, 'refused'],
    ['another chat', { kind: 'chat', dollars: 0.4, from: 0, chatId: 'd' }, 'reserved'],
    ['its provider', { kind: 'provider', dollars: 0.8, from, until, provider: 'cloud' }, 'refused'],
    ['another provider', { kind: 'provider', dollars: 0.4, from, until, provider: 'other' }, 'reserved'],
  ])('%s', async (_, limit, verdict) => {
    using open = databaseAt(':memory:');
    await new UsageLedger(open).record(row(0.5));
    expect((await new Reservations(open).reserve(wanted, [limit])).kind).toBe(verdict);
  });

  it('is held until its request is over; then what that took counts, once', async () => {
    using open = databaseAt(':memory:');
    const [ledger, reservations] = [new UsageLedger(open), new Reservations(open)];
    const spent = async (): Promise<number | undefined> => (await reservations.standings([day(1)], at))[0]?.spent;
    const verdict = await reservations.reserve(wanted, [day(1)]);
    const id = verdict.kind === 'reserved' ? verdict.id : undefined;
    expect(await spent()).toBe(0.4);
    const { totalMs: _, outcome: __, cost: ___, ...begun } = row(0);
    const under = await ledger.begin({ ...begun, expectedCost: 0.4 }, id);
    expect(await spent()).toBeCloseTo(0.4);
    await ledger.end(under, row(0.1), throwIt);
    // It may be asked again under the same reservation.
    expect(await spent()).toBeCloseTo(0.4);
    const again = await ledger.begin({ ...begun, expectedCost: 0.4 }, id);
    expect(await spent()).toBeCloseTo(0.5);
    await ledger.end(again, row(0.7), throwIt);
    expect(await spent()).toBeCloseTo(0.8);
    await reservations.release(id ?? 0);
    expect(await spent()).toBeCloseTo(0.8);
  });

  it('names the tightest of the limits that are in the way', async () => {
    using open = databaseAt(':memory:');
    await new UsageLedger(open).record(row(0.7));
    const verdict = await new Reservations(open).reserve(wanted, [day(1), day(0.8), day(5)]);
    expect(verdict).toEqual({ kind: 'refused', standing: { limit: day(0.8), spent: 0.7 } });
  });

  it('may go over where the user allowed it', async () => {
    using open = databaseAt(':memory:');
    expect(await new Reservations(open).reserve(wanted, [day(0.1)], true)).toMatchObject({ kind: 'reserved' });
  });

  it('of two processes that want the last cent goes to one', async () => {
    const path = freshPath();
    using open = databaseAt(path);
    await new UsageLedger(open).record(row(0.9));
    const source = (module: string): string => JSON.stringify(join(import.meta.dirname, '../../src/store', module));
    const script = `
      import { databaseAt } from ${source('database.ts')};
      import { Reservations } from ${source('usage-reservations.ts')};
      const reservations = new Reservations(databaseAt(${JSON.stringify(path)}));
      const limits = [${JSON.stringify(day(1))}];
      const wanted = { at: ${at}, provider: 'cloud', amount: 0.1 };
      await reservations.standings(limits, ${at});
      process.stdin.once('data', async (startAt) => {
        while (Date.now() < Number(startAt));
        let both = 0;
        for (let turn = 0; turn < 1000; turn++) {
          const verdict = await reservations.reserve(wanted, limits);
          if (verdict.kind === 'refused') continue;
          const [{ spent }] = await reservations.standings(limits, ${at});
          if (spent > 1.01) both++;
          await reservations.release(verdict.id);
        }
        console.log(both);
        process.exit();
      });
      console.log('ready');
    `;
    const windows = [1, 2].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    await Promise.all(windows.map((window) => once(window.stdout, 'data')));
    const told = windows.map((window) => once(window.stdout, 'data'));
    const startAt = Date.now() + 50;
    for (const window of windows) window.stdin.write(`${startAt}\n`);
    // Never had both of them what is there for one.
    expect((await Promise.all(told)).map(([both]) => Number(both))).toEqual([0, 0]);
    expect(await new Reservations(open).standings([day(1)], at)).toMatchObject([{ spent: expect.closeTo(0.9) }]);
  });
});

type Step =
  | { readonly kind: 'ask'; readonly expected: number; readonly error: number; readonly chat: string }
  | { readonly kind: 'over' };

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('ask' as const),
      expected: fc.integer({ min: 1, max: 40 }).map((cents) => cents / 100),
      error: fc.integer({ min: -20, max: 20 }).map((cents) => cents / 100),
      chat: fc.constantFrom('c', 'd'),
    }),
    fc.record({ kind: fc.constant('over' as const) }),
  ),
  { maxLength: 40 },
);

describe('whatever is asked in whatever order', () => {
  it('no limit is passed by more than the estimates of what was under way were wrong; sums are the sum of their parts', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script: readonly Step[]) => {
        using open = databaseAt(':memory:');
        const [ledger, reservations] = [new UsageLedger(open), new Reservations(open)];
        const limits = [day(1)];
        const waiting: { readonly finish: () => Promise<void> }[] = [];
        let wrong = 0;
        let took = 0;
        for (const step of script) {
          if (step.kind === 'over') {
            await waiting.shift()?.finish();
            continue;
          }
          const { expected, error, chat } = step;
          const verdict = await reservations.reserve({ ...wanted, chatId: chat, amount: expected }, limits);
          if (verdict.kind === 'refused') continue;
          const begun = { at, role: 'chat', chatId: chat, model: 'cloud/m', provider: 'cloud', expectedCost: expected };
          const under = await ledger.begin(begun, verdict.id);
          const cost = Math.max(0, expected + error);
          waiting.push({
            finish: async () => {
              await ledger.end(under, row(cost, { chatId: chat }), throwIt);
              await reservations.release(verdict.id);
              wrong += Math.max(0, cost - expected);
              took += cost;
            },
          });
          const [standing] = await reservations.standings(limits, at);
          expect(standing?.spent).toBeLessThanOrEqual(1 + wrong + 1e-6);
        }
        for (const { finish } of waiting) await finish();
        const [standing] = await reservations.standings(limits, at);
        expect(standing?.spent).toBeCloseTo(took, 6);
        expect(took).toBeLessThanOrEqual(1 + wrong + 1e-6);
        const report = await new UsageReports(open).report({});
        expect(report.all.cost).toBeCloseTo(took, 6);
        for (const groups of [report.days, report.models, report.roles, report.providers]) {
          expect(groups.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(took, 6);
          expect(groups.reduce((sum, { requests }) => sum + requests, 0)).toBe(report.all.requests);
        }
      }),
      { numRuns: 60 },
    );
  });
});
