import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { sqliteCode } from './when-free.ts';

/** What became of a damaged database. */
export interface Rescue {
  /** Where the damaged file is now; nothing in it was changed. */
  readonly keptAt: string;
  /** What could be read of it, and is in the new file. */
  readonly chats: number;
  readonly turns: number;
  readonly usage: number;
  /** Not all of it could be read. */
  readonly isPartial: boolean;
}

/** The search index is made anew from the chats, sums from the usage; what was set aside for requests under way is not theirs any more. */
export const copied = [
  'chats',
  'turns',
  'deleted_chats',
  'usage',
  'lessons',
  'model_lists',
  'completion_evidence',
  'told',
  'votes',
  'before_images',
] as const;

/**
 * Puts the damaged file aside under a name with the time, opens a new one in its place with `open`, and copies every row
 * that can still be read.
 */
export async function rescueDatabase(path: string, open: (path: string) => Promise<DatabaseSync>): Promise<Rescue> {
  const keptAt = putAside(path);
  const { DatabaseSync } = await import('node:sqlite');
  const fresh = await open(path);
  const counts = new Map<string, number>();
  let isPartial = false;
  try {
    using source = openDamaged(DatabaseSync, keptAt);
    fresh.exec('pragma foreign_keys = off');
    for (const table of copied) {
      const { rows, isWhole } = source ? copyTable(source.database, fresh, table) : { rows: 0, isWhole: false };
      counts.set(table, rows);
      if (!isWhole) isPartial = true;
    }
    // What is left of a chat whose own row is lost is still a chat.
    fresh.exec(`
      insert into chats (id, title, created_at, updated_at)
        select chat_id, '…', min(created_at), max(created_at) from turns
        where chat_id not in (select id from chats) group by chat_id;
      update turns set indexed = 0;`);
    const chats = Number(fresh.prepare('select count(*) as count from chats').get()?.['count']);
    return { keptAt, chats, turns: counts.get('turns') ?? 0, usage: counts.get('usage') ?? 0, isPartial };
  } finally {
    fresh.close();
  }
}

/** The whole of it: what is in the write-ahead log is part of the database. */
function putAside(path: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  let keptAt = '';
  for (let number = 1; keptAt === '' || existsSync(keptAt); number++) {
    keptAt = join(dirname(path), `tutti-damaged-${time}${number === 1 ? '' : `-${number}`}.db`);
  }
  for (const end of ['-wal', '-shm', '']) {
    if (existsSync(path + end)) renameSync(path + end, keptAt + end);
  }
  return keptAt;
}

interface Damaged extends Disposable {
  readonly database: DatabaseSync;
}

function openDamaged(Database: typeof DatabaseSync, path: string): Damaged | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.size) return undefined;
  const database = new Database(path, { readOnly: true });
  return { database, [Symbol.dispose]: () => database.close() };
}

/** Rows a statement gives before it is prepared anew. */
const rowsAtOnce = 500;
/** What is no database at all has no rows to look for. */
const corrupt = 11;
/** So many attempts in a row that read nothing are the end of a table. */
const mostHoles = 5000;

function copyTable(
  source: DatabaseSync,
  fresh: DatabaseSync,
  table: (typeof copied)[number],
): { rows: number; isWhole: boolean } {
  let rows = 0;
  let isWhole = true;
  const columns = new Set(
    fresh
      .prepare('select name from pragma_table_info(?)')
      .all(table)
      .map((row) => String(row['name'])),
  );
  const keep = (row: Readonly<Record<string, SQLOutputValue>>): void => {
    const names = Object.keys(row).filter((name) => columns.has(name));
    try {
      fresh
        .prepare(`insert or ignore into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
        .run(...names.map((name) => row[name] ?? null));
      rows++;
    } catch {
      isWhole = false;
    }
  };
  fresh.exec('begin');
  try {
    for (const row of readRows(source, table, () => {
      isWhole = false;
    })) {
      keep(row);
    }
  } finally {
    fresh.exec('commit');
  }
  return { rows, isWhole };
}

/** Goes over what cannot be read row by row; `onHole` is told. Tables without row numbers are read as far as it goes. */
function* readRows(
  source: DatabaseSync,
  table: string,
  onHole: () => void,
): Iterable<Readonly<Record<string, SQLOutputValue>>> {
  let after = -1;
  let holes = 0;
  let hasNumbers = true;
  for (;;) {
    try {
      // Only what went well is given; the rest is asked for again, from the row after.
      const batch = hasNumbers
        ? source
            .prepare(`select rowid as rescue_rowid, * from ${table} where rowid > ? order by rowid limit ${rowsAtOnce}`)
            .iterate(after)
        : source.prepare(`select * from ${table}`).iterate();
      let count = 0;
      for (const { rescue_rowid, ...row } of batch) {
        count++;
        holes = 0;
        if (hasNumbers) after = Number(rescue_rowid);
        yield row;
      }
      if (!hasNumbers || count < rowsAtOnce) return;
    } catch (error) {
      if (hasNumbers && error instanceof Error && error.message.includes('no such column: rowid')) {
        hasNumbers = false;
        continue;
      }
      onHole();
      if (!hasNumbers || sqliteCode(error) !== corrupt) return;
      if (++holes > mostHoles) return;
      // A page that is gone takes its rows with it, a branch of the tree thousands.
      after += Math.ceil(holes / 100);
    }
  }
}
