import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { OpenDatabase } from './database.ts';
import { endColumns, readUsageRow, usageColumns } from './usage-columns.ts';
import { settleLost } from './usage-lost.ts';
import { thisProcess } from './usage-owner.ts';
import { pruneUsage } from './usage-prune.ts';
import type { StartedRow, UsageRow } from './usage-row.ts';
import { whenFree } from './when-free.ts';

/** A request whose row waits for its end. */
export interface UnderWay {
  readonly id: number;
  readonly expectedCost: number;
  readonly reservation: number | undefined;
}

/** Somebody waits for the request to leave. */
const patienceBeforeMs = 50;
/** Nobody waits any more. */
const patienceAfterMs = 60_000;
/** A reply's last event waits so long for its row. */
const longestPauseMs = 100;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * What left, a row a request: written before it leaves, completed at its end. What a window that died had begun counts
 * with what it was thought to take. Rows older than two years are deleted.
 */
export class UsageLedger {
  readonly #open: OpenDatabase;
  #tidiedAt = Number.NEGATIVE_INFINITY;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  /** The row of a request that is about to leave. `reservation`: what a budget set aside for it. */
  async begin(row: StartedRow, reservation?: number): Promise<UnderWay> {
    const database = await this.#open();
    const { expectedCost = 0 } = row;
    const columns = { ...usageColumns({ ...row, totalMs: 0, outcome: 'pending' }), owner: thisProcess };
    const id = await whenFree(database, patienceBeforeMs, () => {
      this.#tidy(database, row.at);
      if (reservation !== undefined) draw(database, reservation, expectedCost);
      return insert(database, columns);
    });
    return { id, expectedCost, reservation };
  }

  /**
   * Completes the row; writes all of it where it has none yet. While another process holds the database the reply goes
   * on and the row follows, and `report` is told where that fails, too.
   */
  async end(under: UnderWay | undefined, row: UsageRow, report: (error: unknown) => void): Promise<void> {
    const written = this.#end(under, row).catch(report);
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, longestPauseMs);
    });
    await Promise.race([written, pause]);
    clearTimeout(timer);
  }

  /** A request that is over already. */
  record(row: UsageRow): Promise<void> {
    return this.#end(undefined, row);
  }

  /** Oldest first. */
  async since(at: number): Promise<readonly UsageRow[]> {
    const rows = (await this.#open()).prepare('select * from usage where at >= ? order by at, id').all(at);
    return rows.map(readUsageRow);
  }

  /** The last requests of a chat to a model, the latest first. */
  async lastOf(chatId: string, model: string, most: number): Promise<readonly UsageRow[]> {
    const database = await this.#open();
    const rows = database
      .prepare('select * from usage where chat_id = ? and model = ? and owner is null order by id desc limit ?')
      .all(chatId, model, most);
    return rows.map(readUsageRow);
  }

  /** True for the first of all windows that asks: what is told once is told by it. */
  async isFirstToTell(what: string, at: number): Promise<boolean> {
    const database = await this.#open();
    return whenFree(database, patienceBeforeMs, () => {
      const { changes } = database.prepare('insert or ignore into told (what, at) values (?, ?)').run(what, at);
      return changes > 0;
    });
  }

  async #end(under: UnderWay | undefined, row: UsageRow): Promise<void> {
    const database = await this.#open();
    await whenFree(database, patienceAfterMs, () => {
      if (under === undefined) {
        insert(database, usageColumns(row));
        return;
      }
      update(database, under.id, { ...endColumns(row), price_from: row.priceFrom ?? null, owner: null });
      if (under.reservation !== undefined) {
        draw(database, under.reservation, (row.cost ?? 0) - under.expectedCost);
      }
    });
  }

  /** With the first row, and once a day. */
  #tidy(database: DatabaseSync, now: number): void {
    if (now - this.#tidiedAt < dayMs) return;
    this.#tidiedAt = now;
    settleLost(database, now);
    pruneUsage(database, now);
  }
}

type Columns = Readonly<Record<string, SQLInputValue>>;

function insert(database: DatabaseSync, columns: Columns): number {
  const names = Object.keys(columns);
  const { lastInsertRowid } = database
    .prepare(`insert into usage (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
    .run(...Object.values(columns));
  return Number(lastInsertRowid);
}

function update(database: DatabaseSync, id: number, columns: Columns): void {
  const assignments = Object.keys(columns).map((name) => `${name} = ?`);
  database.prepare(`update usage set ${assignments.join(', ')} where id = ?`).run(...Object.values(columns), id);
}

/** The row stands for this much of what was set aside: it is not counted twice. */
function draw(database: DatabaseSync, reservation: number, amount: number): void {
  database.prepare('update reservations set drawn = drawn + ? where id = ?').run(amount, reservation);
}
