import type { OpenDatabase } from './database.ts';

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

/** Chats and their turns. Each call is one transaction; what has returned survives a killed process. */
export class Chats {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  async saveChat(chat: StoredChat): Promise<void> {
    const database = await this.#open();
    database
      .prepare(
        `insert into chats (id, title, workspace, model, head, queue, created_at, updated_at)
         values (?, ?, ?, ?, ?, ?, ?, ?)
         on conflict (id) do update set title = excluded.title, workspace = excluded.workspace,
           model = excluded.model, head = excluded.head, queue = excluded.queue, updated_at = excluded.updated_at`,
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
  }

  async saveTurn(turn: StoredTurn): Promise<void> {
    const database = await this.#open();
    database
      .prepare(
        `insert into turns (id, chat_id, parent_id, created_at, body) values (?, ?, ?, ?, ?)
         on conflict (id) do update set body = excluded.body`,
      )
      .run(turn.id, turn.chatId, turn.parentId ?? null, turn.createdAt, turn.body);
  }

  async chat(id: string): Promise<StoredChat | undefined> {
    const row = (await this.#open()).prepare('select * from chats where id = ?').get(id);
    return row && chatOf(row);
  }

  /** Oldest first. */
  async turns(chatId: string): Promise<readonly StoredTurn[]> {
    const rows = (await this.#open())
      .prepare('select * from turns where chat_id = ? order by created_at, rowid')
      .all(chatId);
    return rows.map(turnOf);
  }

  /** Newest first, from all workspaces. */
  async list(limit: number): Promise<readonly StoredChat[]> {
    const rows = (await this.#open()).prepare('select * from chats order by updated_at desc limit ?').all(limit);
    return rows.map(chatOf);
  }
}

type Row = Readonly<Record<string, unknown>>;

function chatOf(row: Row): StoredChat {
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

function turnOf(row: Row): StoredTurn {
  return {
    id: String(row['id']),
    chatId: String(row['chat_id']),
    ...(row['parent_id'] !== null && { parentId: String(row['parent_id']) }),
    createdAt: Number(row['created_at']),
    body: String(row['body']),
  };
}
