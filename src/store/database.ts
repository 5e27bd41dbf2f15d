import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

export type OpenDatabase = () => Promise<DatabaseSync>;

/**
 * A function that opens `path` on its first call and gives the same database ever after.
 * Safe with several windows: WAL, waiting for each other's writes, migrations under one lock.
 * Rejects with a plain sentence when the file was written by a newer Tutti or cannot be opened; the first time
 * `onFailure` is told, for it is the same for all who ask.
 */
export function databaseAt(path: string, onFailure?: (error: unknown) => void): OpenDatabase & Disposable {
  let hasFailed = false;
  let opened: Promise<DatabaseSync> | undefined;
  const open = (): Promise<DatabaseSync> => {
    opened ??= openAndMigrate(path).catch((error: unknown) => {
      // The next call may find the disk free or the file readable again.
      opened = undefined;
      if (!hasFailed) onFailure?.(error);
      hasFailed = true;
      throw error;
    });
    return opened;
  };
  return Object.assign(open, {
    [Symbol.dispose]() {
      void opened?.then(
        (database) => database.close(),
        () => undefined,
      );
    },
  });
}

async function openAndMigrate(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import('node:sqlite');
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;');
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, path: string): void {
  if (version(database) === migrations.length) return;
  database.exec('begin immediate');
  try {
    const from = version(database);
    if (from > migrations.length) {
      throw new Error(`${path} was written by a newer version of Tutti. Update the extension; the file is untouched.`);
    }
    for (const migration of migrations.slice(from)) database.exec(migration);
    database.exec(`pragma user_version = ${migrations.length}`);
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}

function version(database: DatabaseSync): number {
  return Number(database.prepare('pragma user_version').get()?.['user_version']);
}
