import type { DatabaseSync } from 'node:sqlite';
import { delay } from '../util/delay.ts';

/** SQLite's own patience stops all of the process meanwhile, so it gets little of it. */
export const sqliteWaitsMs = 50;

/**
 * Does `work` in one transaction that nobody else writes beside. While another process holds the database it tries
 * again without stopping this one; rejects when that lasts longer than `patienceMs`.
 */
export function whenFree<T>(database: DatabaseSync, patienceMs: number, work: () => T): Promise<T> {
  return patiently(patienceMs, () => atOnce(database, work));
}

/** Does `work` again, with pauses in which others run, while another process holds the database. */
export async function patiently<T>(patienceMs: number, work: () => T): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw error;
      await delay(5 + Math.random() * 20, never);
    }
  }
}

const never = new AbortController().signal;

function atOnce<T>(database: DatabaseSync, work: () => T): T {
  database.exec('pragma busy_timeout = 5');
  try {
    database.exec('begin immediate');
    try {
      const result = work();
      database.exec('commit');
      return result;
    } catch (error) {
      // A full disk has ended the transaction already.
      if (database.isTransaction) database.exec('rollback');
      throw error;
    }
  } finally {
    database.exec(`pragma busy_timeout = ${sqliteWaitsMs}`);
  }
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === 5;
}

/** SQLite's primary result code; undefined = not an error of SQLite. */
export function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}

/** Whether this is SQLite's word for a file that is not, or no longer, a sound database. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  // Corrupt; not a database.
  return code === 11 || code === 26;
}
