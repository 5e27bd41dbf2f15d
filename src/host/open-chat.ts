import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Chats } from '../store/chats.ts';
import type { OpenDatabase } from '../store/database.ts';
import { KeptChats } from '../store/kept-chats.ts';
import { messageOf } from '../util/message-of.ts';
import { AfterSaves } from './after-saves.ts';
import { ChatPlaces, type ChatPlacesPorts } from './chat-places.ts';
import { listChoices } from './list-choices.ts';
import type { History } from './open-history.ts';
import { readSettingsOf } from './read-model-settings.ts';
import { wordSavingTrouble } from './storage-words.ts';

export interface ChatPorts
  extends Omit<ChatPlacesPorts, 'store' | 'history' | 'listChoices' | 'settingsOf' | 'alongside'> {
  readonly openDatabase: OpenDatabase;
  readonly history: () => Promise<History>;
}

/** All chats of this window: kept while they are written, titled and copied after, shown in their places. */
export function openChat({ openDatabase, history, ...ports }: ChatPorts): ChatPlaces {
  const chats = new Chats(openDatabase);
  const afterSaves = new AfterSaves((chatIds) => {
    void history()
      .then((made) => made.afterSaves(chatIds))
      .catch((error: unknown) => ports.report(messageOf(error)));
  });
  const kept = new KeptChats(chats, {
    onTrouble: (error) => void vscode.window.showWarningMessage(wordSavingTrouble(error)),
    onOver: () => void vscode.window.showInformationMessage(l10n.t('Your chats are saved again.')),
    onSaved: (chatId) => afterSaves.saved(chatId),
  });
  return new ChatPlaces({
    ...ports,
    listChoices: (signal) => listChoices({ ...ports, openDatabase }, signal),
    settingsOf: (...asked) => readSettingsOf(ports, ...asked),
    store: {
      saveChat: (chat) => kept.saveChat(chat),
      saveTurn: (turn) => kept.saveTurn(turn),
      savedAt: async (id) => (await chats.chat(id))?.updatedAt,
      turnBody: async (chatId, turnId) => (await chats.turn(chatId, turnId))?.body,
      loadChat: async (id) => {
        const chat = await chats.chat(id);
        return chat && { chat, turns: await chats.turns(id) };
      },
    },
    history: async (ask, page) => (await history()).desk.answer(ask, page),
    alongside: vscode.Disposable.from(afterSaves, { dispose: () => kept[Symbol.dispose]() }),
  });
}
