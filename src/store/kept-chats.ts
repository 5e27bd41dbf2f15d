import type { Chats, StoredChat, StoredTurn } from './chats.ts';

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
  readonly #chats: Pick<Chats, 'saveChat' | 'saveTurn'>;
  readonly #events: KeptChatsEvents;
  readonly #unsavedChats = new Map<string, StoredChat>();
  readonly #unsavedTurns = new Map<string, StoredTurn>();
  #timer: NodeJS.Timeout | undefined;

  constructor(chats: Pick<Chats, 'saveChat' | 'saveTurn'>, events: KeptChatsEvents) {
    this.#chats = chats;
    this.#events = events;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  async saveChat(chat: StoredChat): Promise<void> {
    await this.#keep(this.#unsavedChats, chat.id, chat, () => this.#chats.saveChat(chat));
    this.#events.onSaved(chat.id);
  }

  async saveTurn(turn: StoredTurn): Promise<void> {
    await this.#keep(this.#unsavedTurns, turn.id, turn, () => this.#chats.saveTurn(turn));
    this.#events.onSaved(turn.chatId);
  }

  async #keep<T>(unsaved: Map<string, T>, id: string, row: T, save: () => Promise<void>): Promise<void> {
    try {
      await save();
      if (unsaved.delete(id)) this.#mayBeOver();
    } catch (error) {
      // What was deleted stays so.
      if (error instanceof Error && error.name === 'DeletedChat') {
        unsaved.delete(id);
        throw error;
      }
      const isFirst = !this.#isTroubled;
      unsaved.set(id, row);
      if (isFirst) this.#events.onTrouble(error);
      this.#timer ??= setTimeout(() => void this.#retry(), retryMs);
      throw error;
    }
  }

  /** Chats before their turns, which belong to them. */
  async #retry(): Promise<void> {
    this.#timer = undefined;
    try {
      for (const chat of [...this.#unsavedChats.values()]) await this.saveChat(chat);
      for (const turn of [...this.#unsavedTurns.values()]) await this.saveTurn(turn);
    } catch {
      // The timer runs again: what failed is still held.
    }
  }

  #mayBeOver(): void {
    if (!this.#isTroubled) this.#events.onOver();
  }

  get #isTroubled(): boolean {
    return this.#unsavedChats.size + this.#unsavedTurns.size > 0;
  }
}
