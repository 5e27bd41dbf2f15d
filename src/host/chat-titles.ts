import * as vscode from 'vscode';
import { titleAsk, titleIn } from '../chat/title-ask.ts';
import { isFree } from '../completion/cost-free.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { readChoice } from '../llm/model-choice.ts';
import { type ChatHistory, titledBy } from '../store/chat-history.ts';
import type { ChatImport } from '../store/chat-import.ts';
import { isObject } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import type { UserSettings } from './user-settings.ts';

export interface ChatTitlesPorts {
  readonly gateway: Gateway;
  readonly settings: UserSettings;
  readonly chats: ChatImport;
  readonly history: ChatHistory;
  readonly report: (problem: string) => void;
}

/** Has a model name chats after their first reply, where that costs nothing or the user chose a model for such jobs. */
export class ChatTitles {
  readonly #ports: ChatTitlesPorts;
  /** Once is enough: a model that names nothing will not do so later. */
  readonly #tried = new Set<string>();

  constructor(ports: ChatTitlesPorts) {
    this.#ports = ports;
  }

  /** The new title; undefined = the chat keeps the one it has. Never rejects. */
  async name(chatId: string, signal: AbortSignal): Promise<string | undefined> {
    const { gateway, chats, history, report } = this.#ports;
    if (this.#tried.has(chatId) || !vscode.workspace.getConfiguration('tutti.history').get<boolean>('titles')) return;
    try {
      if (!(await history.isUntitled(chatId))) return;
      const chat = await chats.whole(chatId);
      const ask = chat && titleAsk(chat.turns);
      if (!chat || !ask) return;
      this.#tried.add(chatId);
      const choice = readChoice(chat.model);
      const hasOwnModel = isObject(this.#ports.settings.roles()) && 'utility' in Object(this.#ports.settings.roles());
      if (!hasOwnModel && !(await this.#isFree(choice))) return;
      const events = gateway.stream(
        {
          role: 'utility',
          chatId,
          files: ask.files,
          request: { kind: 'chat', system: ask.system, messages: ask.messages, parameters: {} },
          ...(!hasOwnModel && choice !== undefined && { choice }),
        },
        AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
      );
      for await (const event of events) {
        if (event.type !== 'end') continue;
        const title = event.finish === 'error' ? undefined : titleIn(event.message);
        if (event.error) report(`A chat was not given a title: ${event.error.message}`);
        if (title !== undefined && (await history.rename(chatId, title, titledBy.model))) return title;
      }
    } catch (error) {
      report(`A chat was not given a title: ${messageOf(error)}`);
    }
    return undefined;
  }

  async #isFree(choice: Parameters<Gateway['resolve']>[1]): Promise<boolean> {
    const resolution = await this.#ports.gateway.resolve('chat', choice);
    return resolution.kind === 'model' && !resolution.auto && isFree(resolution.model);
  }
}
