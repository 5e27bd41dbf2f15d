import type { DatabaseSync } from 'node:sqlite';

const monthsKept = 24;
/** Two years of a busy developer; about 60 MB. */
const mostRows = 300_000;
/** A window that starts must not wait for two years to be deleted. */
const mostAtOnce = 5000;

/** Deletes what is older than two years or more than the table may hold, a piece at a time. */
export function pruneUsage(database: DatabaseSync, now: number): void {
  const oldest = new Date(now);
  oldest.setMonth(oldest.getMonth() - monthsKept);
  const [last] = database.prepare('select max(id) as id from usage').all();
  const rowsUpTo = Number(last?.['id'] ?? 0) - mostRows;
  database
    .prepare(
      `delete from usage where id in
         (select id from (select id from usage where at < ? order by at limit ?) union select id from
           (select id from usage where id <= ? order by id limit ?))
       and owner is null`,
    )
    .run(oldest.getTime(), mostAtOnce, rowsUpTo, mostAtOnce);
  database.prepare('delete from spending where quarter < ?').run(Math.floor(oldest.getTime() / 900_000));
  database.prepare('delete from told where at < ?').run(oldest.getTime());
}
