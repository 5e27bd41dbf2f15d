import type { DatabaseSync } from 'node:sqlite';
import type { OpenDatabase } from './database.ts';
import { settleLost } from './usage-lost.ts';
import { thisProcess } from './usage-owner.ts';
import { whenFree } from './when-free.ts';

/** Something that may not cost more than `dollars`. */
export interface Limit {
  readonly kind: 'day' | 'month' | 'chat' | 'provider';
  readonly dollars: number;
  /** What counts: requests begun at or after. Begins a quarter of an hour, as days and months do in every time zone. */
  readonly from: number;
  /** When it begins anew; absent = never. */
  readonly until?: number;
  readonly provider?: string;
  readonly chatId?: string;
  /** An administrator's: the user cannot allow what is over it. */
  readonly imposed?: true;
}

/** How much of a limit is gone, requests under way included. */
export interface Standing {
  readonly limit: Limit;
  readonly spent: number;
}

export interface Wanted {
  readonly at: number;
  readonly provider: string;
  readonly chatId?: string;
  /** US dollars the request is thought to take. */
  readonly amount: number;
}

export type Verdict =
  /** `spent` of the standings includes the request. */
  | { readonly kind: 'reserved'; readonly id: number; readonly standings: readonly Standing[] }
  /** `spent` does not include it. */
  | { readonly kind: 'refused'; readonly standing: Standing };

/** Adding tenths of cents in binary leaves crumbs. */
const crumb = 1e-9;
/** A budget that cannot be read must stop the request; before that it is waited a little. */
const patienceMs = 3000;

/** Sets money aside for requests, so that no two windows count on the same cent. */
export class Reservations {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  /**
   * Sets the amount aside where it fits all limits, in one transaction that no other window writes beside.
   * `evenOver`: also where it does not fit the user's own, because he allowed it.
   */
  async reserve(wanted: Wanted, limits: readonly Limit[], evenOver = false): Promise<Verdict> {
    const database = await this.#open();
    return whenFree(database, patienceMs, () => {
      settleLost(database, wanted.at);
      const standings = limits.map((limit) => ({ limit, spent: spentOf(database, limit) }));
      const [tightest] = standings
        .filter(({ limit, spent }) => spent + wanted.amount > limit.dollars + crumb)
        .filter(({ limit }) => limit.imposed || !evenOver)
        .toSorted((one, other) => one.limit.dollars - one.spent - (other.limit.dollars - other.spent));
      if (tightest) return { kind: 'refused', standing: tightest };
      const { lastInsertRowid } = database
        .prepare('insert into reservations (owner, at, chat_id, provider, amount) values (?, ?, ?, ?, ?)')
        .run(thisProcess, wanted.at, wanted.chatId ?? null, wanted.provider, wanted.amount);
      return {
        kind: 'reserved',
        id: Number(lastInsertRowid),
        standings: standings.map(({ limit, spent }) => ({ limit, spent: spent + wanted.amount })),
      };
    });
  }

  /** The request is over: its rows say what it took. */
  async release(id: number): Promise<void> {
    const database = await this.#open();
    await whenFree(database, patienceMs, () => database.prepare('delete from reservations where id = ?').run(id));
  }

  /** What is gone of each limit now. */
  async standings(limits: readonly Limit[], now: number): Promise<readonly Standing[]> {
    const database = await this.#open();
    return whenFree(database, patienceMs, () => {
      settleLost(database, now);
      return limits.map((limit) => ({ limit, spent: spentOf(database, limit) }));
    });
  }
}

/** What is over, what is under way, and what is set aside for requests that have not left yet. */
function spentOf(database: DatabaseSync, limit: Limit): number {
  const over =
    limit.chatId === undefined
      ? sum(
          database,
          `select sum(cost) as sum from spending where quarter >= ? and (? is null or provider = ?)`,
          Math.floor(limit.from / quarterMs),
          limit.provider ?? null,
          limit.provider ?? null,
        )
      : sum(database, 'select sum(cost) as sum from usage where chat_id = ?', limit.chatId);
  const scope = [
    limit.from,
    limit.provider ?? null,
    limit.provider ?? null,
    limit.chatId ?? null,
    limit.chatId ?? null,
  ];
  const underWay = sum(
    database,
    `select sum(expected_cost) as sum from usage indexed by usage_under_way where owner is not null and ${inScope}`,
    ...scope,
  );
  const setAside = sum(
    database,
    `select sum(max(0, amount - drawn)) as sum from reservations where ${inScope}`,
    ...scope,
  );
  return over + underWay + setAside;
}

const quarterMs = 15 * 60 * 1000;
const inScope = 'at >= ? and (? is null or provider = ?) and (? is null or chat_id = ?)';

function sum(database: DatabaseSync, query: string, ...values: readonly (string | number | null)[]): number {
  return Number(database.prepare(query).get(...values)?.['sum'] ?? 0);
}
