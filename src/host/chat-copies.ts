import * as l10n from '@vscode/l10n';
import type { ChatFiles, CopiedChat } from '../store/chat-files.ts';
import type { ChatHistory } from '../store/chat-history.ts';
import type { ChatImport } from '../store/chat-import.ts';
import { letOthersRun } from '../util/let-others-run.ts';
import { messageOf } from '../util/message-of.ts';

export interface ChatCopiesPorts {
  readonly chats: ChatImport;
  readonly history: ChatHistory;
  /** Beside the database: what a damaged one is made anew from. */
  readonly own: ChatFiles;
  /** In the folder the user named, which other machines may write to as well. */
  readonly shared: () => ChatFiles | undefined;
  readonly report: (problem: string) => void;
}

/** Keeps the copies of chats up to date, and takes in what other machines wrote. */
export class ChatCopies {
  readonly #ports: ChatCopiesPorts;

  constructor(ports: ChatCopiesPorts) {
    this.#ports = ports;
  }

  /** A chat's copies after it was changed. A folder that cannot be written to is told, and loses nothing. */
  async update(chatId: string): Promise<void> {
    const chat = await this.#ports.chats.whole(chatId);
    if (!chat) return;
    for (const files of this.#all) {
      await files.write(chat).catch((error: unknown) => {
        this.#ports.report(l10n.t('Chats cannot be copied to {0}: {1}', files.folder, messageOf(error)));
      });
    }
  }

  /** Copies of chats that have none yet. */
  async complete(): Promise<void> {
    const ids = await this.#ports.chats.ids();
    const missing = new Set<string>();
    for (const files of this.#all) for (const id of await files.missing(ids)) missing.add(id);
    for (const id of missing) {
      await this.update(id);
      await letOthersRun();
    }
  }

  async remove(chatId: string, at: number): Promise<void> {
    const shared = this.#ports.shared();
    await this.#ports.own.remove(chatId, at, false);
    await shared?.remove(chatId, at, true);
  }

  /** What other machines wrote since it was last asked. True where something came of it. */
  async takeIn(): Promise<boolean> {
    const shared = this.#ports.shared();
    return shared ? this.#merge(shared.read(true, this.#ports.report)) : false;
  }

  /** All that any copy holds, for a database that lost some of it. How many chats and messages it did not have. */
  async restore(): Promise<{ readonly chats: number; readonly turns: number }> {
    const gained = { chats: 0, turns: 0 };
    for (const files of this.#all) {
      await this.#merge(files.read(false, this.#ports.report), gained);
    }
    return gained;
  }

  async #merge(copies: AsyncIterable<CopiedChat>, gained = { chats: 0, turns: 0 }): Promise<boolean> {
    const { chats, history } = this.#ports;
    let changed = false;
    for await (const copy of copies) {
      if (copy.kind === 'deleted') {
        if (await this.#deletedElsewhere(copy.id, copy.at)) changed = true;
        continue;
      }
      const deletedAt = await history.deletedAt(copy.chat.id);
      // Whoever goes on with a chat that was deleted elsewhere wants it.
      if (deletedAt !== undefined && copy.chat.updatedAt <= deletedAt) continue;
      if (deletedAt !== undefined) await history.forgetDeletion(copy.chat.id);
      const { isNew, turns } = await chats.merge(copy.chat);
      if (isNew) gained.chats++;
      gained.turns += turns;
      if (isNew || turns > 0) {
        changed = true;
        await this.update(copy.chat.id);
      }
      await letOthersRun();
    }
    return changed;
  }

  async #deletedElsewhere(id: string, at: number): Promise<boolean> {
    const { chats, history } = this.#ports;
    const chat = await chats.whole(id);
    if (!chat || chat.updatedAt > at) return false;
    await this.remove(id, at);
    await history.purge(id, at);
    return true;
  }

  get #all(): readonly ChatFiles[] {
    const shared = this.#ports.shared();
    return shared ? [this.#ports.own, shared] : [this.#ports.own];
  }
}
