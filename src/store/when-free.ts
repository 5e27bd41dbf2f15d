import type { DatabaseSync } from 'node:sqlite';
import { delay } from '../util/delay.ts';

/**
 * Does `work` in one transaction that nobody else writes beside. While another process holds the database it tries
 * again without stopping this one; rejects when that lasts longer than `patienceMs`.
 */
export async function whenFree<T>(database: DatabaseSync, patienceMs: number, work: () => T): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return atOnce(database, work);
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw error;
      await delay(5 + Math.random() * 20, never);
    }
  }
}

const never = new AbortController().signal;

/** SQLite's own patience stops all of the process meanwhile, so it gets little of it. */
function atOnce<T>(database: DatabaseSync, work: () => T): T {
  database.exec('pragma busy_timeout = 5');
  try {
    database.exec('begin immediate');
    try {
      const result = work();
      database.exec('commit');
      return result;
    } catch (error) {
      database.exec('rollback');
      throw error;
    }
  } finally {
    database.exec('pragma busy_timeout = 5000');
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
