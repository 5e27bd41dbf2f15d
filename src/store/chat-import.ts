import type { DatabaseSync } from 'node:sqlite';
import type { StoredChat, StoredTurn } from './chats.ts';
import type { OpenDatabase } from './database.ts';
import { whenFree } from './when-free.ts';

/** A chat from elsewhere, whole or in part: a file, another machine, a copy. */
export interface WholeChat extends Omit<StoredChat, 'queue'> {
  readonly pinnedAt?: number;
  /** Whose title it is, as a rank of `titledBy`. */
  readonly titledBy: number;
  /** When title or pin were last changed. */
  readonly changedAt: number;
  /** Those before their replies. */
  readonly turns: readonly WholeTurn[];
}

export interface WholeTurn extends Omit<StoredTurn, 'chatId'> {
  readonly changedAt: number;
}

export interface Imported {
  readonly isNew: boolean;
  readonly turns: number;
}

const patienceMs = 30_000;

/** Reads and writes whole chats. */
export class ChatImport {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  /** Adds what is not there yet; what is there stays as it is. A chat that was deleted is there again. */
  async add(chat: WholeChat): Promise<Imported> {
    const database = await this.#open();
    return whenFree(database, patienceMs, () => {
      database.prepare('delete from deleted_chats where id = ?').run(chat.id);
      return { isNew: insertChat(database, chat), turns: insertTurns(database, chat, 'or ignore') };
    });
  }

  /** Adds what is not there yet, and takes what was changed later elsewhere. */
  async merge(chat: WholeChat): Promise<Imported> {
    const database = await this.#open();
    return whenFree(database, patienceMs, () => {
      const isNew = insertChat(database, chat);
      if (!isNew) {
        database
          .prepare(
            `update chats set title = ?, titled_by = ?, pinned_at = ?, changed_at = ? where id = ? and changed_at < ?`,
          )
          .run(chat.title, chat.titledBy, chat.pinnedAt ?? null, chat.changedAt, chat.id, chat.changedAt);
        database
          .prepare('update chats set updated_at = ?, model = ?, head = ? where id = ? and updated_at < ?')

          .run(chat.updatedAt, chat.model ?? null, chat.head ?? null, chat.id, chat.updatedAt);
      }
      return { isNew, turns: insertTurns(database, chat, 'newer') };
    });
  }

  /** Undefined where there is no such chat, or it was thrown away. */
  async whole(id: string): Promise<WholeChat | undefined> {
    const database = await this.#open();
    const row = database.prepare('select * from chats where id = ? and deleted_at is null').get(id);
    if (!row) return undefined;
    const turns = database.prepare('select * from turns where chat_id = ? order by created_at, rowid').all(id);
    return {
      id,
      title: String(row['title']),
      titledBy: Number(row['titled_by']),
      ...(row['workspace'] !== null && { workspace: String(row['workspace']) }),
      ...(row['model'] !== null && { model: String(row['model']) }),
      ...(row['head'] !== null && { head: String(row['head']) }),
      ...(row['pinned_at'] !== null && { pinnedAt: Number(row['pinned_at']) }),
      createdAt: Number(row['created_at']),
      updatedAt: Number(row['updated_at']),
      changedAt: Number(row['changed_at']),
      turns: turns.map((turn) => ({
        id: String(turn['id']),
        ...(turn['parent_id'] !== null && { parentId: String(turn['parent_id']) }),
        createdAt: Number(turn['created_at']),
        changedAt: Number(turn['changed_at']),
        body: String(turn['body']),
      })),
    };
  }

  /** The oldest first, so that a copy is in the order the chats were made. */
  async ids(): Promise<readonly string[]> {
    const rows = (await this.#open())
      .prepare('select id from chats where deleted_at is null order by created_at, id')
      .all();
    return rows.map((row) => String(row['id']));
  }
}

function insertChat(database: DatabaseSync, chat: WholeChat): boolean {
  const { changes } = database
    .prepare(
      `insert or ignore into chats
         (id, title, titled_by, workspace, model, head, pinned_at, created_at, updated_at, changed_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      chat.id,
      chat.title,
      chat.titledBy,
      chat.workspace ?? null,
      chat.model ?? null,
      chat.head ?? null,
      chat.pinnedAt ?? null,
      chat.createdAt,
      chat.updatedAt,
      chat.changedAt,
    );
  return changes > 0;
}

function insertTurns(database: DatabaseSync, chat: WholeChat, kind: 'or ignore' | 'newer'): number {
  const statement = database.prepare(
    kind === 'or ignore'
      ? 'insert or ignore into turns (id, chat_id, parent_id, created_at, changed_at, body) values (?, ?, ?, ?, ?, ?)'
      : `insert into turns (id, chat_id, parent_id, created_at, changed_at, body) values (?, ?, ?, ?, ?, ?)
         on conflict (id) do update set body = excluded.body, changed_at = excluded.changed_at, indexed = 0
           where excluded.changed_at > changed_at and body is not excluded.body`,
  );
  let count = 0;
  for (const turn of chat.turns) {
    const { changes } = statement.run(
      turn.id,
      chat.id,
      turn.parentId ?? null,
      turn.createdAt,
      turn.changedAt,
      turn.body,
    );
    count += Number(changes);
  }
  return count;
}
