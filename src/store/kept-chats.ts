import type { Chats, StoredChat, StoredTurn } from './chats.ts';
import { NewestRows } from './newest-rows.ts';

export interface KeptChatsEvents {
  /** Told once until it is over: something could not be saved and is tried again. */
  readonly onTrouble: (error: unknown) => void;
  /** Everything is on disk again. */
  readonly onOver: () => void;
  /** A chat was saved. */
  readonly onSaved: (chatId: string) => void;
}

const retryMs = 3000;

/**
 * Saves chats, and keeps trying what the disk or another window would not let be saved: the latest of each is held until
 * it is. A failure is still told to whoever saves.
 */
export class KeptChats implements Disposable {
  readonly #events: KeptChatsEvents;
  readonly #chats: NewestRows<StoredChat>;
  readonly #turns: NewestRows<StoredTurn>;
  readonly #failed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(chats: Pick<Chats, 'saveChat' | 'saveTurn'>, events: KeptChatsEvents) {
    this.#events = events;
    this.#chats = new NewestRows(async (chat) => {
      await this.#try(this.#chats, chat.id, chats.saveChat(chat));
      events.onSaved(chat.id);
    });
    this.#turns = new NewestRows(async (turn) => {
      await this.#try(this.#turns, turn.id, chats.saveTurn(turn));
      events.onSaved(turn.chatId);
    });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  async saveChat(chat: StoredChat): Promise<void> {
    await this.#chats.keep(chat);
  }

  async saveTurn(turn: StoredTurn): Promise<void> {
    await this.#turns.keep(turn);
  }

  async #try(rows: { giveUp(id: string): void }, id: string, saving: Promise<void>): Promise<void> {
    try {
      await saving;
      if (this.#failed.delete(id) && this.#failed.size === 0) this.#events.onOver();
    } catch (error) {
      // What was deleted stays so.
      if (error instanceof Error && error.name === 'DeletedChat') {
        rows.giveUp(id);
        this.#failed.delete(id);
        throw error;
      }
      if (this.#failed.size === 0) this.#events.onTrouble(error);
      this.#failed.add(id);
      this.#timer ??= setTimeout(() => void this.#retry(), retryMs);
      throw error;
    }
  }

  /** Chats before their turns, which belong to them. */
  async #retry(): Promise<void> {
    this.#timer = undefined;
    try {
      for (const rows of [this.#chats, this.#turns]) {
        for (const id of rows.held) await rows.writeHeld(id);
      }
    } catch {
      // The timer runs again: what failed is still held.
    }
  }
}
