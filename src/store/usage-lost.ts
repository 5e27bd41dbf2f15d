import type { DatabaseSync } from 'node:sqlite';
import { maySettle } from './usage-owner.ts';

/**
 * Ends what nobody is left to end: a request that a dead window had sent counts with what it was thought to take, and
 * what was set aside for one that it never sent is free again. Within the caller's transaction.
 */
export function settleLost(database: DatabaseSync, now: number): void {
  const owners = database
    .prepare(
      `select owner, max(at) as at from
         (select owner, at from usage where owner is not null union all select owner, at from reservations)
       group by owner`,
    )
    .all();
  for (const { owner, at } of owners) {
    if (typeof owner !== 'string' || maySettle(owner, Number(at), now)) continue;
    database
      .prepare(
        `update usage set owner = null, outcome = 'lost', cost = expected_cost, total_ms = max(0, ? - at)
         where owner = ?`,
      )
      .run(now, owner);
    database.prepare('delete from reservations where owner = ?').run(owner);
  }
}
