import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Rescue } from './damaged-database.ts';
import { migrations } from './migrations.ts';
import { isDamage, patiently, sqliteWaitsMs } from './when-free.ts';

export type OpenDatabase = () => Promise<DatabaseSync>;

export interface DatabaseAt extends OpenDatabase, Disposable {
  /** To be told what an operation threw: a damaged file is put aside, and the next call opens a new one. */
  failed(error: unknown): void;
}

export interface DatabaseEvents {
  /** Told once: it is the same for all who ask. */
  readonly onFailure?: (error: unknown) => void;
  /** The file was damaged; what could be read of it is in a new one. */
  readonly onRescue?: (rescue: Rescue) => void;
}

/** Another process may be migrating a large file. */
const openingPatienceMs = 30_000;
/** How often it is looked whether the file is still the one that is open. */
const lookEveryMs = 1000;

/**
 * A function that opens `path` on its first call and gives the same database as long as that file is there.
 * Safe with several windows: WAL, waiting for each other's writes, migrations under one lock.
 * A damaged file is put aside, and what can be read of it goes into a new one. Rejects with a plain sentence when the
 * file was written by a newer Tutti or cannot be opened.
 */
export function databaseAt(path: string, { onFailure, onRescue }: DatabaseEvents = {}): DatabaseAt {
  let hasFailed = false;
  /** The file whose damage an operation met. */
  let damaged: string | undefined;
  let opened: Promise<Opened> | undefined;
  let lookedAt = 0;
  const close = (): void => {
    void opened?.then(
      ({ database }) => database.close(),
      () => undefined,
    );
    opened = undefined;
  };
  const rescue = async (file: string | undefined): Promise<void> => {
    // Another window was quicker where the file is another one by now.
    if (file === undefined || fileAt(path) !== file) return;
    const { rescueDatabase } = await import('./damaged-database.ts');
    const rescued = await rescueDatabase(path, openAndMigrate);
    onRescue?.(rescued);
  };
  const openNow = async (): Promise<Opened> => {
    const known = damaged;
    damaged = undefined;
    await rescue(known);
    const before = fileAt(path);
    try {
      return { database: await openAndMigrate(path), file: fileAt(path) };
    } catch (error) {
      if (!isDamage(error)) throw error;
      await rescue(before);
      return { database: await openAndMigrate(path), file: fileAt(path) };
    }
  };
  const open = async (): Promise<DatabaseSync> => {
    if (opened && Date.now() - lookedAt >= lookEveryMs) {
      lookedAt = Date.now();
      // Another window may have put a damaged file aside; what is written into that one is not found again.
      const file = (await opened.catch(() => undefined))?.file;
      if (file !== undefined && file !== fileAt(path)) close();
    }
    opened ??= openNow().catch((error: unknown) => {
      // The next call may find the disk free or the file readable again.
      opened = undefined;
      if (!hasFailed) onFailure?.(error);
      hasFailed = true;
      throw error;
    });
    return (await opened).database;
  };
  return Object.assign(open, {
    failed(error: unknown) {
      if (!isDamage(error) || !opened || damaged !== undefined) return;
      void opened.then(
        ({ file }) => {
          damaged = file;
        },
        () => undefined,
      );
      close();
    },
    [Symbol.dispose]: close,
  });
}

interface Opened {
  readonly database: DatabaseSync;
  readonly file: string | undefined;
}

async function openAndMigrate(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import('node:sqlite');
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: sqliteWaitsMs });
  try {
    await patiently(openingPatienceMs, () => {
      // What is deleted is overwritten: free pages would keep its text for long.
      database.exec(
        `pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma secure_delete = on;`,
      );
      migrate(database, path);
    });
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

/** Names the file itself: another one at the same path has another name. */
function fileAt(path: string): string | undefined {
  const file = statSync(path, { throwIfNoEntry: false });
  return file && `${file.dev} ${file.ino}`;
}
