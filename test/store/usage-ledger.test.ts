import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { databaseAt } from '../../src/store/database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { UsageReports } from '../../src/store/usage-report.ts';
import { Reservations } from '../../src/store/usage-reservations.ts';
import type { StartedRow, UsageRow } from '../../src/store/usage-row.ts';

const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'tutti-usage-')), 'tutti.db');
const throwIt = (error: unknown): never => {
  throw error;
};

const started: StartedRow = {
  at: Date.UTC(2026, 10, 23, 12),
  role: 'chat',
  chatId: 'c',
  model: 'cloud/m',
  provider: 'cloud',
  position: 2,
  fellFrom: 'cloud/first',
  expectedCost: 0.25,
  priceFrom: 'catalog 2026-11-10',
};

const ended: UsageRow = {
  ...started,
  usage: { input: 100, output: 20, cached: 40, cacheWrite: 10, reasoning: 5 },
  cost: 0.125,
  firstTokenMs: 300,
  totalMs: 900,
  outcome: 'stop',
};

const source = (module: string): string => JSON.stringify(join(import.meta.dirname, '../../src/store', module));

/** A process of its own that works on the database at `path`. */
function child(path: string, work: string) {
  const script = `
    import { databaseAt } from ${source('database.ts')};
    import { UsageLedger } from ${source('usage-ledger.ts')};
    import { Reservations } from ${source('usage-reservations.ts')};
    const open = databaseAt(${JSON.stringify(path)});
    const ledger = new UsageLedger(open);
    const reservations = new Reservations(open);
    const started = ${JSON.stringify(started)};
    ${work}
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
}

describe('the ledger', () => {
  it('has the row before the request leaves, and completes it', async () => {
    using open = databaseAt(freshPath());
    const ledger = new UsageLedger(open);
    const under = await ledger.begin(started);
    expect(await ledger.since(0)).toEqual([{ ...started, totalMs: 0, outcome: 'pending' }]);
    await ledger.end(under, ended, throwIt);
    expect(await ledger.since(0)).toEqual([ended]);
  });

  it('writes all of a row that could not be begun', async () => {
    using open = databaseAt(freshPath());
    const ledger = new UsageLedger(open);
    await ledger.end(undefined, ended, throwIt);
    expect(await ledger.since(0)).toEqual([ended]);
  });

  it('knows a price that is unknown from one that is nought', async () => {
    using open = databaseAt(freshPath());
    const ledger = new UsageLedger(open);
    const { cost: _, expectedCost: __, ...unknown } = ended;
    await ledger.record(unknown);
    await ledger.record({ ...ended, cost: 0 });
    expect((await ledger.since(0)).map(({ cost }) => cost)).toEqual([undefined, 0]);
    expect((await new UsageReports(open).report({})).all).toMatchObject({ requests: 2, unpriced: 1, cost: 0 });
  });

  it('of a window killed in the middle of a request counts what it was thought to take', async () => {
    const path = freshPath();
    const window = child(path, `await ledger.begin(started); console.log('left'); process.stdin.resume();`);
    await once(window.stdout, 'data');
    using open = databaseAt(path);
    const reservations = new Reservations(open);
    const day = { kind: 'day', dollars: 1, from: started.at - (started.at % 900_000) } as const;
    const spent = async (): Promise<number | undefined> =>
      (await reservations.standings([day], started.at + 1000))[0]?.spent;
    // While it lives its request is under way.
    expect(await spent()).toBe(0.25);
    expect((await new UsageLedger(open).since(0))[0]).toMatchObject({ outcome: 'pending' });

    window.kill('SIGKILL');
    await once(window, 'exit');
    expect(await spent()).toBe(0.25);
    const [row] = await new UsageLedger(open).since(0);
    expect(row).toMatchObject({ outcome: 'lost', cost: 0.25, totalMs: 1000 });
    expect((await new UsageReports(open).report({})).all).toMatchObject({ requests: 1, failed: 0, cost: 0.25 });
  });

  it('of a window killed before its request left counts nothing: what was set aside is free again', async () => {
    const path = freshPath();
    const day = { kind: 'day', dollars: 1, from: 0 };
    const window = child(
      path,
      `await reservations.reserve({ at: started.at, provider: 'cloud', amount: 0.9 }, [${JSON.stringify(day)}]);
       console.log('set aside'); process.stdin.resume();`,
    );
    await once(window.stdout, 'data');
    using open = databaseAt(path);
    const reservations = new Reservations(open);
    const wanted = { at: started.at, provider: 'cloud', amount: 0.5 };
    const limits = [{ ...day, kind: 'day' as const }];
    expect(await reservations.reserve(wanted, limits)).toMatchObject({ kind: 'refused', standing: { spent: 0.9 } });
    window.kill('SIGKILL');
    await once(window, 'exit');
    expect(await reservations.reserve(wanted, limits)).toMatchObject({ kind: 'reserved' });
  });

  it('settles what a dead window left also when no budget is set, with the next request', async () => {
    const path = freshPath();
    const window = child(path, `await ledger.begin(started); process.kill(process.pid, 'SIGKILL');`);
    await once(window, 'exit');
    using open = databaseAt(path);
    const ledger = new UsageLedger(open);
    await ledger.begin({ ...started, at: started.at + 1 });
    expect((await ledger.since(0)).map(({ outcome, cost }) => [outcome, cost])).toEqual([
      ['lost', 0.25],
      ['pending', undefined],
    ]);
  });

  it('does not hold a request up while another process holds the database; its row follows', async () => {
    const path = freshPath();
    using open = databaseAt(path);
    const ledger = new UsageLedger(open);
    await ledger.record(ended);
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    await expect(ledger.begin(started)).rejects.toThrow('locked');
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    await ledger.end(undefined, { ...ended, at: started.at + 1 }, throwIt);
    clearInterval(ticking);
    // The process went on meanwhile, as its other windows and streams want.
    expect(ticks).toBeGreaterThan(1);
    expect((await ledger.since(0)).length).toBe(1);
    other.exec('rollback');
    await expect.poll(async () => (await ledger.since(0)).length).toBe(2);
    other.close();
  });

  it('keeps two years', async () => {
    using open = databaseAt(freshPath());
    const now = Date.UTC(2026, 10, 23);
    const ledger = new UsageLedger(open);
    await ledger.record({ ...ended, at: Date.UTC(2024, 9, 1) });
    await ledger.record({ ...ended, at: Date.UTC(2024, 11, 1) });
    await ledger.begin({ ...started, at: now });
    expect((await ledger.since(0)).map(({ at }) => new Date(at).getUTCFullYear())).toEqual([2024, 2026]);
  });

  it('tells a thing once, whichever window asks', async () => {
    const path = freshPath();
    using first = databaseAt(path);
    using second = databaseAt(path);
    const windows = [new UsageLedger(first), new UsageLedger(second)];
    const told = await Promise.all(windows.map((ledger) => ledger.isFirstToTell('near the end', 1)));
    expect(told.toSorted()).toEqual([false, true]);
    expect(await windows[0]?.isFirstToTell('another', 1)).toBe(true);
  });

  it('has the sums of what older versions wrote', async () => {
    const path = freshPath();
    const before = migrations.findIndex((migration) => migration.includes('create table spending'));
    const old = new DatabaseSync(path);
    for (const migration of migrations.slice(0, before)) old.exec(migration);
    old.exec(`pragma user_version = ${before};
      insert into usage (at, role, model, provider, estimated, cost, total_ms, outcome)
      values (${started.at}, 'chat', 'cloud/m', 'cloud', 0, 0.125, 9, 'stop')`);
    old.close();
    using open = databaseAt(path);
    const sum = (await open()).prepare('select sum(cost) as sum from spending').get();
    expect(sum?.['sum']).toBe(0.125);
  });
});
