import { letOthersRun } from '../util/let-others-run.ts';
import type { OpenDatabase } from './database.ts';
import { readUsageRow } from './usage-columns.ts';
import type { UsageRow } from './usage-row.ts';
import { UsageSummer, type UsageSums } from './usage-sums.ts';

/** Which requests count; absent = all. */
export interface UsageFilter {
  /** Milliseconds since 1970: at or after. */
  readonly from?: number;
  /** Before. */
  readonly until?: number;
  readonly model?: string;
  readonly role?: string;
  readonly provider?: string;
  readonly chatId?: string;
}

export interface UsageGroup extends UsageSums {
  /** A day as `2026-11-23` in the local time zone, a model ref, a role, a provider. */
  readonly key: string;
}

export interface UsageReport {
  readonly all: UsageSums;
  /** Oldest first; days without a request are not there. */
  readonly days: readonly UsageGroup[];
  /** The dearest first, then the most used. */
  readonly models: readonly UsageGroup[];
  readonly roles: readonly UsageGroup[];
  readonly providers: readonly UsageGroup[];
}

/** Two years of rows take seconds, and a completion must not wait for them. */
const rowsAtOnce = 2000;

/** Answers what was used, from the ledger's rows. */
export class UsageReports {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  async report(filter: UsageFilter): Promise<UsageReport> {
    const all = new UsageSummer();
    const groups = { days: new Groups(), models: new Groups(), roles: new Groups(), providers: new Groups() };
    const days = new DayNames();
    let count = 0;
    for (const row of await this.#select(filter)) {
      if (++count % rowsAtOnce === 0) await letOthersRun();
      const read = readUsageRow(row);
      all.add(read);
      groups.days.add(days.of(read.at), read);
      groups.models.add(read.model, read);
      groups.roles.add(read.role, read);
      groups.providers.add(read.provider, read);
    }
    return {
      all: all.sums(),
      days: groups.days.groups().toSorted((one, other) => one.key.localeCompare(other.key)),
      models: groups.models.dearestFirst(),
      roles: groups.roles.dearestFirst(),
      providers: groups.providers.dearestFirst(),
    };
  }

  /** The rows themselves, oldest first, a few at a time: for an export of any size. */
  async *rows(filter: UsageFilter): AsyncIterable<UsageRow> {
    const database = await this.#open();
    const { where, values } = conditionsOf(filter);
    const page = database.prepare(`select * from usage where id > ? and ${where} order by id limit 500`);
    let after = 0;
    for (;;) {
      const rows = page.all(after, ...values);
      yield* rows.map(readUsageRow);
      if (rows.length < 500) return;
      after = Number(rows.at(-1)?.['id']);
    }
  }

  /** What there is to filter by: everything that was ever asked, in alphabetical order. */
  async choices(): Promise<Readonly<Record<'models' | 'roles' | 'providers', readonly string[]>>> {
    const database = await this.#open();
    const rows = database.prepare('select distinct model, role, provider from usage').all();
    const column = (name: string): readonly string[] => [...new Set(rows.map((row) => String(row[name])))].sort();
    return { models: column('model'), roles: column('role'), providers: column('provider') };
  }

  /** In the order they were written, which nearly is that of time. */
  async #select(filter: UsageFilter): Promise<Iterable<Readonly<Record<string, unknown>>>> {
    const database = await this.#open();
    const { where, values } = conditionsOf(filter);
    return database.prepare(`select ${summed} from usage where ${where}`).all(...values);
  }
}

/** What sums are made of; the rest is for those who want whole rows. */
const summed =
  'at, role, model, provider, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, ' +
  'estimated, cost, first_token_ms, total_ms, outcome';

/** The filter as SQL, with the values of its question marks. */
export function conditionsOf(filter: UsageFilter): {
  readonly where: string;
  readonly values: readonly (string | number)[];
} {
  const conditions: readonly (readonly [condition: string, value: string | number | undefined])[] = [
    ['at >= ?', filter.from],
    ['at < ?', filter.until],
    ['model = ?', filter.model],
    ['role = ?', filter.role],
    ['provider = ?', filter.provider],
    ['chat_id = ?', filter.chatId],
  ];
  const given = conditions.flatMap(([condition, value]) => (value === undefined ? [] : [{ condition, value }]));
  return {
    where: ['true', ...given.map(({ condition }) => condition)].join(' and '),
    values: given.map(({ value }) => value),
  };
}

class Groups {
  readonly #groups = new Map<string, UsageSummer>();

  add(key: string, row: UsageRow): void {
    const group = this.#groups.get(key) ?? new UsageSummer();
    this.#groups.set(key, group);
    group.add(row);
  }

  groups(): readonly UsageGroup[] {
    return [...this.#groups].map(([key, group]) => ({ key, ...group.sums() }));
  }

  dearestFirst(): readonly UsageGroup[] {
    return this.groups().toSorted((one, other) => other.cost - one.cost || other.requests - one.requests);
  }
}

/** Names days of rows that nearly come in order of time; to ask the clock's calendar for each row would take longest of all. */
class DayNames {
  #name = '';
  #from = 0;
  #until = 0;

  of(at: number): string {
    if (at >= this.#from && at < this.#until) return this.#name;
    const day = new Date(at);
    const [year, month, date] = [day.getFullYear(), day.getMonth(), day.getDate()];
    this.#from = new Date(year, month, date).getTime();
    this.#until = new Date(year, month, date + 1).getTime();
    this.#name = `${year}-${String(month + 1).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
    return this.#name;
  }
}
