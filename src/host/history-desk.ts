import * as l10n from '@vscode/l10n';
import { excerpt, textOfTurn } from '../chat/search-text.ts';
import type { HistoryAsk, HistoryItem, HistoryPage } from '../protocol/history-view.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import { type ChatHistory, type ListedChat, titledBy } from '../store/chat-history.ts';
import type { Chats } from '../store/chats.ts';
import type { FoundChats, SearchIndex } from '../store/search-index.ts';
import { messageOf } from '../util/message-of.ts';

/** The chat whose page asks. */
export interface AskingChat {
  readonly chatId: string;
  openChat(id: string): Promise<boolean>;
  whenDrawn(message: ToWebview): void;
}

export interface HistoryDeskPorts {
  readonly history: ChatHistory;
  readonly chats: Chats;
  readonly index: SearchIndex;
  /** Title, pin or existence of a chat changed: copies have to follow. */
  readonly changed: (chatId: string) => void;
  /** It is to be shown nowhere. */
  readonly leave: (chatId: string) => Promise<void>;
  /** Its title is another one by now. */
  readonly retitled: (chatId: string, title: string) => Promise<void>;
  /** The copies of a chat that is deleted for good. */
  readonly removeCopies: (chatId: string, at: number) => Promise<void>;
  /** Takes in what other machines wrote; a first page is shown with it. */
  readonly beforeList: () => Promise<unknown>;
  /** With the dialogs of the workbench. */
  readonly exportChats: (chatId: string | undefined) => Promise<unknown>;
  readonly importChats: () => Promise<unknown>;
  readonly report: (problem: string) => void;
}

const pageSize = 60;
/** So long a deleted chat can be had back. */
export const undoMs = 8000;
const longestTitle = 200;

/** Answers a page's questions about all chats, and does with them what it asks. */
export class HistoryDesk {
  readonly #ports: HistoryDeskPorts;
  /** Who asked for the list last. */
  #looking: AskingChat | undefined;
  #asked = new AbortController();
  #lastSearch: { readonly search: string; readonly found: FoundChats | undefined } | undefined;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(ports: HistoryDeskPorts) {
    this.#ports = ports;
  }

  dispose(): void {
    this.#asked.abort();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Chats came from elsewhere: the list that was looked at last is read again. */
  listChanged(): void {
    if (this.#looking) tellChanged(this.#looking);
  }

  async answer(ask: HistoryAsk, chat: AskingChat): Promise<void> {
    const { history, changed } = this.#ports;
    switch (ask.kind) {
      case 'list':
        return this.#list(ask, chat);
      case 'open':
        if (!(await chat.openChat(ask.chatId))) throw new Error(l10n.t('This chat is not there any more.'));
        return;
      case 'rename': {
        const title = ask.title.trim().slice(0, longestTitle).toWellFormed();
        if (title === '' || !(await history.rename(ask.chatId, title, titledBy.user))) return;
        await this.#ports.retitled(ask.chatId, title);
        changed(ask.chatId);
        return;
      }
      case 'pin':
        await history.pin(ask.chatId, ask.pinned);
        changed(ask.chatId);
        return;
      case 'delete':
        await history.throwAway(ask.chatId);
        await this.#ports.leave(ask.chatId);
        this.#purgeSoon();
        return;
      case 'restore':
        await history.restore(ask.chatId);
        return tellChanged(chat);
      case 'export':
        await this.#ports.exportChats(ask.chatId);
        return;
      case 'import':
        await this.#ports.importChats();
        return;
    }
  }

  /** What was thrown away before `until` goes for good, in this window or in one that has died since. */
  async purge(until = Date.now() - undoMs): Promise<void> {
    for (const id of await this.#ports.history.thrownAway(until)) {
      const at = Date.now();
      await this.#ports.removeCopies(id, at);
      await this.#ports.history.purge(id, at);
    }
  }

  #purgeSoon(): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.purge().catch((error: unknown) => {
        this.#ports.report(`A deleted chat is hidden but not gone yet: ${messageOf(error)}`);
      });
    }, undoMs + 200);
    this.#timers.add(timer);
  }

  async #list(ask: Extract<HistoryAsk, { kind: 'list' }>, chat: AskingChat): Promise<void> {
    this.#asked.abort();
    this.#asked = new AbortController();
    this.#looking = chat;
    const { signal } = this.#asked;
    const { number } = ask;
    try {
      if (ask.offset === 0) await this.#ports.beforeList();
      const page = await this.#page(ask, chat.chatId, signal);
      if (!signal.aborted) chat.whenDrawn({ type: 'history', told: { kind: 'page', number, page } });
    } catch (error) {
      if (signal.aborted) return;
      chat.whenDrawn({ type: 'history', told: { kind: 'failed', number, problem: messageOf(error) } });
    }
  }

  async #page(
    { search, workspace, offset }: Extract<HistoryAsk, { kind: 'list' }>,
    current: string,
    signal: AbortSignal,
  ): Promise<HistoryPage> {
    const found = await this.#find(search, offset, signal);
    const filter = {
      ...(workspace !== undefined && { workspace }),
      ...(found && { ids: found.chats.map(({ chatId }) => chatId) }),
    };
    const { history } = this.#ports;
    const turns = new Map(found?.chats.map(({ chatId, turnId }) => [chatId, turnId]));
    const listed = await history.page(filter, offset, pageSize);
    const items: HistoryItem[] = [];
    for (const chat of listed) {
      const words = await this.#excerpt(chat.id, turns.get(chat.id), search);
      items.push(itemOf(chat, current, words));
    }
    return {
      offset,
      items,
      total: await history.count(filter),
      workspaces: await history.workspaces(),
      ...(found?.isPartial && { note: l10n.t('Only the newer chats were looked through: the search took too long.') }),
    };
  }

  /** Later pages of the same search need no new one. */
  async #find(search: string, offset: number, signal: AbortSignal): Promise<FoundChats | undefined> {
    if (search.trim() === '') return undefined;
    if (offset > 0 && this.#lastSearch?.search === search) return this.#lastSearch.found;
    await this.#ports.index.update(signal);
    // Signs alone are no words: nothing is found, rather than everything.
    const found = (await this.#ports.index.find(search, signal)) ?? { chats: [], isPartial: false };
    this.#lastSearch = { search, found };
    return found;
  }

  async #excerpt(chatId: string, turnId: string | undefined, search: string): Promise<string | undefined> {
    if (turnId === undefined) return undefined;
    const turn = await this.#ports.chats.turn(chatId, turnId);
    return turn && excerpt(textOfTurn(turn.body).text, search);
  }
}

function tellChanged(chat: AskingChat): void {
  chat.whenDrawn({ type: 'history', told: { kind: 'changed' } });
}

function itemOf(chat: ListedChat, current: string, words: string | undefined): HistoryItem {
  return {
    chatId: chat.id,
    title: chat.title,
    updatedAt: chat.updatedAt,
    pinned: chat.pinnedAt !== undefined,
    current: chat.id === current,
    ...(chat.workspace !== undefined && { workspace: chat.workspace }),
    ...(chat.lastModel !== undefined && { model: chat.lastModel }),
    messages: chat.messages,
    branches: chat.branches,
    ...(chat.cost !== undefined && { cost: chat.cost }),
    ...(words !== undefined && { excerpt: words }),
  };
}
