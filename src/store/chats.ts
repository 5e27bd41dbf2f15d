import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { DatabaseAt, OpenDatabase } from './database.ts';
import { whenFree } from './when-free.ts';

export interface StoredChat {
  readonly id: string;
  readonly title: string;
  readonly workspace?: string;
  /** Model ref the chat was switched to; absent = the role's. */
  readonly model?: string;
  /** The last turn of the path that was seen last. */
  readonly head?: string;
  /** Messages that wait to be sent, as JSON text that only chat/ understands. */
  readonly queue?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One message of the tree. `body` is JSON text that only chat/ understands. */
export interface StoredTurn {
  readonly id: string;
  readonly chatId: string;
  readonly parentId?: string;
  readonly createdAt: number;
  readonly body: string;
}

/** Another window may be writing a long reply, or deleting for good. */
const patienceMs = 30_000;

/** Chats and their turns. Each call is one transaction; what has returned survives a killed process. */
export class Chats {
  readonly #open: OpenDatabase & Partial<Pick<DatabaseAt, 'failed'>>;

  constructor(open: OpenDatabase & Partial<Pick<DatabaseAt, 'failed'>>) {
    this.#open = open;
  }

  /** A title that a model or the user gave is kept. Rejects where the chat was deleted. */
  async saveChat(chat: StoredChat): Promise<void> {
    await this.#write((database) => {
      refuseDeleted(database, chat.id);
      database
        .prepare(
          `insert into chats (id, title, workspace, model, head, queue, created_at, updated_at)
           values (?, ?, ?, ?, ?, ?, ?, ?)
           on conflict (id) do update set title = iif(titled_by > 0, title, excluded.title),
             workspace = excluded.workspace, model = excluded.model, head = excluded.head, queue = excluded.queue,
             updated_at = excluded.updated_at`,
        )
        .run(
          chat.id,
          chat.title,
          chat.workspace ?? null,
          chat.model ?? null,
          chat.head ?? null,
          chat.queue ?? null,
          chat.createdAt,
          chat.updatedAt,
        );
    });
  }

  async saveTurn(turn: StoredTurn): Promise<void> {
    await this.#write((database) => {
      refuseDeleted(database, turn.chatId);
      database
        .prepare(
          `insert into turns (id, chat_id, parent_id, created_at, body, changed_at) values (?, ?, ?, ?, ?, ?)
           on conflict (id) do update set body = excluded.body, changed_at = excluded.changed_at, indexed = 0
             where body is not excluded.body`,
        )
        .run(turn.id, turn.chatId, turn.parentId ?? null, turn.createdAt, turn.body, Date.now());
    });
  }

  async chat(id: string): Promise<StoredChat | undefined> {
    const [row] = await this.#read('select * from chats where id = ?', id);
    return row && chatOf(row);
  }

  /** Oldest first. */
  async turns(chatId: string): Promise<readonly StoredTurn[]> {
    return (await this.#read('select * from turns where chat_id = ? order by created_at, rowid', chatId)).map(turnOf);
  }

  async turn(chatId: string, id: string): Promise<StoredTurn | undefined> {
    const [row] = await this.#read('select * from turns where id = ?', id);
    return row && row['chat_id'] === chatId ? turnOf(row) : undefined;
  }

  /** Newest first, from all workspaces. */
  async list(limit: number): Promise<readonly StoredChat[]> {
    return (await this.#read('select * from chats order by updated_at desc limit ?', limit)).map(chatOf);
  }

  async #write(work: (database: DatabaseSync) => void): Promise<void> {
    try {
      const database = await this.#open();
      await whenFree(database, patienceMs, () => work(database));
    } catch (error) {
      this.#open.failed?.(error);
      throw error;
    }
  }

  async #read(query: string, value: SQLInputValue): Promise<readonly Row[]> {
    try {
      return (await this.#open()).prepare(query).all(value);
    } catch (error) {
      this.#open.failed?.(error);
      throw error;
    }
  }
}

/** What was deleted must not come back by another window that still shows it. */
function refuseDeleted(database: DatabaseSync, chatId: string): void {
  if (database.prepare('select 1 from deleted_chats where id = ?').get(chatId)) {
    throw new DeletedChat('it was deleted. Start a new chat to go on.');
  }
}

class DeletedChat extends Error {
  override readonly name = 'DeletedChat';
}

export type Row = Readonly<Record<string, unknown>>;

export function chatOf(row: Row): StoredChat {
  return {
    id: String(row['id']),
    title: String(row['title']),
    ...(row['workspace'] !== null && { workspace: String(row['workspace']) }),
    ...(row['model'] !== null && { model: String(row['model']) }),
    ...(row['head'] !== null && { head: String(row['head']) }),
    ...(row['queue'] !== null && { queue: String(row['queue']) }),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
  };
}

export function turnOf(row: Row): StoredTurn {
  return {
    id: String(row['id']),
    chatId: String(row['chat_id']),
    ...(row['parent_id'] !== null && { parentId: String(row['parent_id']) }),
    createdAt: Number(row['created_at']),
    body: String(row['body']),
  };
}
