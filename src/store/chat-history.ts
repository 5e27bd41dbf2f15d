import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { chatOf, type Row, type StoredChat } from './chats.ts';
import type { OpenDatabase } from './database.ts';
import { forgetWords } from './search-index.ts';
import { patiently, whenFree } from './when-free.ts';

/** A chat as the list of all chats shows it. */
export interface ListedChat extends StoredChat {
  readonly pinnedAt?: number;
  readonly messages: number;
  /** Ends of the tree: 1 = nothing was asked twice. */
  readonly branches: number;
  /** The model asked last, where one was. */
  readonly lastModel?: string;
  /** US dollars of all its requests whose price is known. */
  readonly cost?: number;
}

export interface HistoryFilter {
  readonly workspace?: string;
  /** Only these, e.g. what a search found. */
  readonly ids?: readonly string[];
}

export interface KnownWorkspace {
  readonly path: string;
  readonly chats: number;
}

/** Whose title it is: a later one of a higher rank takes its place. */
export const titledBy = { firstWords: 0, model: 1, user: 2 } as const;

const patienceMs = 30_000;

/** All chats of all workspaces: listed, named, pinned and deleted. */
export class ChatHistory {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  /** Pinned ones first, then the newest. */
  async page(filter: HistoryFilter, offset: number, limit: number): Promise<readonly ListedChat[]> {
    const { where, values } = conditions(filter);
    const rows = (await this.#open())
      .prepare(
        `select c.*,
           (select count(*) from turns where chat_id = c.id) as messages,
           -- Whoever has no reply is an end.
           (select count(*) - count(distinct parent_id) from turns where chat_id = c.id) as branches,
           (select sum(cost) from usage where chat_id = c.id) as cost,
           coalesce(
             (select model from usage where chat_id = c.id order by rowid desc limit 1),
             -- One from another program, or older than the usage: its last reply says who wrote it.
             (select json_extract(body, '$.message.model') from turns
              where chat_id = c.id and parent_id is not null and json_valid(body) order by created_at desc, rowid desc limit 1)
           ) as last_model
         from (select * from chats where ${where}
               order by pinned_at is null, updated_at desc, id limit ? offset ?) as c
         order by pinned_at is null, updated_at desc, id`,
      )
      .all(...values, limit, offset);
    return rows.map(listedOf);
  }

  async count(filter: HistoryFilter): Promise<number> {
    const { where, values } = conditions(filter);
    const row = (await this.#open()).prepare(`select count(*) as count from chats where ${where}`).get(...values);
    return Number(row?.['count'] ?? 0);
  }

  /** Those with most chats first. */
  async workspaces(): Promise<readonly KnownWorkspace[]> {
    const rows = (await this.#open())
      .prepare(
        `select workspace, count(*) as chats from chats where workspace is not null and deleted_at is null
         group by workspace order by chats desc, workspace limit 200`,
      )
      .all();
    return rows.map((row) => ({ path: String(row['workspace']), chats: Number(row['chats']) }));
  }

  /** False where the chat is gone, or has a title of a higher rank: a model never names what the user has named. */
  async rename(id: string, title: string, by: (typeof titledBy)[keyof typeof titledBy]): Promise<boolean> {
    return this.#change(
      `update chats set title = ?, titled_by = ?, changed_at = ? where id = ? and (titled_by < ? or ? = ${titledBy.user})`,
      [title.toWellFormed(), by, Date.now(), id, by, by],
    );
  }

  /** Whether nobody but its own first words has named it. */
  async isUntitled(id: string): Promise<boolean> {
    const row = (await this.#open()).prepare('select titled_by from chats where id = ?').get(id);
    return row !== undefined && Number(row['titled_by']) === titledBy.firstWords;
  }

  async pin(id: string, pinned: boolean): Promise<void> {
    const now = Date.now();
    await this.#change('update chats set pinned_at = ?, changed_at = ? where id = ?', [pinned ? now : null, now, id]);
  }

  /** Out of sight at once; `restore` brings it back until it is purged. */
  async throwAway(id: string): Promise<void> {
    await this.#change('update chats set deleted_at = ? where id = ?', [Date.now(), id]);
  }

  async restore(id: string): Promise<boolean> {
    return this.#change('update chats set deleted_at = null where id = ? and deleted_at is not null', [id]);
  }

  /** Those thrown away before `until`. */
  async thrownAway(until: number): Promise<readonly string[]> {
    const rows = (await this.#open()).prepare('select id from chats where deleted_at <= ?').all(until);
    return rows.map((row) => String(row['id']));
  }

  /**
   * Deletes for good: no byte of what was said is left in the database's files. What its requests cost stays in the
   * usage, where no word of the chat ever was.
   */
  async purge(id: string, at: number): Promise<void> {
    const database = await this.#open();
    await whenFree(database, patienceMs, () => {
      database.prepare('insert or replace into deleted_chats (id, at) values (?, ?)').run(id, at);
      forgetWords(database, id);
      database.prepare('delete from turns where chat_id = ?').run(id);
      database.prepare('delete from chats where id = ?').run(id);
    });
    await emptyLog(database);
  }

  /** When it was deleted for good. */
  async deletedAt(id: string): Promise<number | undefined> {
    const row = (await this.#open()).prepare('select at from deleted_chats where id = ?').get(id);
    return row && Number(row['at']);
  }

  async forgetDeletion(id: string): Promise<void> {
    await this.#change('delete from deleted_chats where id = ?', [id]);
  }

  async #change(statement: string, values: readonly SQLInputValue[]): Promise<boolean> {
    const database = await this.#open();
    return whenFree(database, patienceMs, () => database.prepare(statement).run(...values).changes > 0);
  }
}

function conditions({ workspace, ids }: HistoryFilter): { where: string; values: readonly SQLInputValue[] } {
  const where = ['deleted_at is null'];
  const values: SQLInputValue[] = [];
  if (workspace !== undefined) {
    where.push('workspace = ?');
    values.push(workspace);
  }
  if (ids !== undefined) {
    where.push('id in (select value from json_each(?))');
    values.push(JSON.stringify(ids));
  }
  return { where: where.join(' and '), values };
}

function listedOf(row: Row): ListedChat {
  return {
    ...chatOf(row),
    messages: Number(row['messages']),
    branches: Number(row['branches']),
    ...(row['pinned_at'] !== null && { pinnedAt: Number(row['pinned_at']) }),
    ...(typeof row['last_model'] === 'string' && { lastModel: row['last_model'] }),
    ...(row['cost'] !== null && { cost: Number(row['cost']) }),
  };
}

/** The write-ahead log holds what the database held before; another window that reads just now makes it wait. */
async function emptyLog(database: DatabaseSync): Promise<void> {
  await patiently(patienceMs, () => {
    const row = database.prepare('pragma wal_checkpoint(truncate)').get();
    if (Number(row?.['busy']) > 0) throw new LogInUse();
  });
}

/** As SQLite words it, so that it is tried again. */
class LogInUse extends Error {
  readonly errcode = 5;

  constructor() {
    super('Another window is reading; what was deleted is overwritten a little later.');
  }
}
