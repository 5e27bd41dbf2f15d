import * as l10n from '@vscode/l10n';
import { messageOf } from '../util/message-of.ts';
import { type Turn, turnBody } from './turn.ts';

export interface ChatRow {
  readonly id: string;
  readonly title: string;
  readonly workspace?: string;
  readonly model?: string;
  /** The last turn of the path that was seen last. */
  readonly head?: string;
  /** What waits to be sent, as JSON. */
  readonly queue?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface TurnRow {
  readonly id: string;
  readonly chatId: string;
  readonly parentId?: string;
  readonly createdAt: number;
  readonly body: string;
}

/** Where chats are kept. */
export interface ChatKeeping {
  readonly saveChat: (chat: ChatRow) => Promise<void>;
  readonly saveTurn: (turn: TurnRow) => Promise<void>;
  /** The user should know, though the conversation goes on. */
  readonly report: (problem: string) => void;
}

/** Keeps a conversation in the store. A store that takes nothing ends no conversation: what it did not take is offered again. */
export class ChatSaver {
  readonly #keeping: ChatKeeping;
  readonly #unsaved = new Map<string, TurnRow>();
  #isSaving = true;

  constructor(keeping: ChatKeeping) {
    this.#keeping = keeping;
  }

  async chat(chat: ChatRow): Promise<void> {
    if (!(await this.#try(this.#keeping.saveChat(chat)))) return;
    for (const id of [...this.#unsaved.keys()]) {
      // Meanwhile a reply may have grown, and have been saved so.
      const row = this.#unsaved.get(id);
      if (row) await this.#row(row);
    }
  }

  async turn(chatId: string, turn: Turn): Promise<void> {
    await this.#row(turnRow(chatId, turn));
  }

  async #row(row: TurnRow): Promise<void> {
    this.#unsaved.set(row.id, row);
    const isSaved = await this.#try(this.#keeping.saveTurn(row));
    if (isSaved && this.#unsaved.get(row.id) === row) this.#unsaved.delete(row.id);
  }

  /** A full disk is told once, not with every piece of a reply. */
  async #try(saving: Promise<void>): Promise<boolean> {
    try {
      await saving;
      this.#isSaving = true;
      return true;
    } catch (error) {
      if (this.#isSaving) this.#keeping.report(l10n.t('This chat could not be saved: {0}', messageOf(error)));
      this.#isSaving = false;
      return false;
    }
  }
}

export function turnRow(chatId: string, turn: Turn): TurnRow {
  return {
    id: turn.id,
    chatId,
    createdAt: turn.createdAt,
    body: turnBody(turn),
    ...(turn.parentId !== undefined && { parentId: turn.parentId }),
  };
}
