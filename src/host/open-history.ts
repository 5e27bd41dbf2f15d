import { hostname } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { textOfTurn } from '../chat/search-text.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { ChatFiles } from '../store/chat-files.ts';
import { ChatHistory } from '../store/chat-history.ts';
import { ChatImport } from '../store/chat-import.ts';
import { Chats } from '../store/chats.ts';
import type { Rescue } from '../store/damaged-database.ts';
import type { OpenDatabase } from '../store/database.ts';
import { SearchIndex } from '../store/search-index.ts';
import { messageOf } from '../util/message-of.ts';
import { ChatCopies } from './chat-copies.ts';
import type { ChatPlaces } from './chat-places.ts';
import { ChatTitles } from './chat-titles.ts';
import type { Command } from './command.ts';
import { exportChatCommand, importChatsCommand } from './history-commands.ts';
import { HistoryDesk } from './history-desk.ts';
import type { UserSettings } from './user-settings.ts';

export interface HistoryPorts {
  readonly openDatabase: OpenDatabase;
  readonly storageFolder: string;
  readonly gateway: Gateway;
  readonly settings: UserSettings;
  readonly chats: () => Promise<ChatPlaces>;
  readonly report: (problem: string) => void;
}

export interface History extends vscode.Disposable {
  readonly desk: HistoryDesk;
  readonly exportChats: Command;
  readonly importChats: Command;
  /** After replies are over and saved: index, copies, titles. */
  afterSaves(chatIds: readonly string[]): Promise<void>;
  /** A damaged database was put aside: what copies have of it comes back, and the user is told. */
  afterRescue(rescue: Rescue): Promise<void>;
}

/** All that is done with kept chats beside holding them; made when it is first needed. */
export function openHistory(ports: HistoryPorts): History {
  const { openDatabase, report } = ports;
  const history = new ChatHistory(openDatabase);
  const chats = new Chats(openDatabase);
  const whole = new ChatImport(openDatabase);
  const index = new SearchIndex(openDatabase, textOfTurn);
  const copies = new ChatCopies({
    chats: whole,
    history,
    own: new ChatFiles(join(ports.storageFolder, 'chats'), writer),
    shared: sharedFolder(),
    report,
  });
  const titles = new ChatTitles({ ...ports, chats: whole, history });
  const stop = new AbortController();
  const changed = (chatId: string): void => {
    copies.update(chatId).catch((error: unknown) => report(messageOf(error)));
  };
  const currentChat = async (): Promise<string> => (await ports.chats()).current.chatId;
  const commands = { chats: whole, currentChat, imported: changed, report };
  const exportChats = exportChatCommand(commands);
  const takeIn = importChatsCommand(commands);
  const importChats: Command = {
    id: takeIn.id,
    run: async (argument) => {
      await takeIn.run(argument);
      desk.listChanged();
    },
  };
  const desk: HistoryDesk = new HistoryDesk({
    history,
    chats,
    index,
    changed,
    leave: async (chatId) => (await ports.chats()).leave(chatId),
    retitled: async (chatId, title) => (await ports.chats()).retitled(chatId, title),
    removeCopies: (chatId, at) => copies.remove(chatId, at),
    beforeList: () => copies.takeIn(),
    exportChats: async (chatId) => exportChats.run(chatId === undefined ? {} : { chatId }),
    importChats: async () => importChats.run(undefined),
    report,
  });
  // What another window had not the time to do.
  const catchUp = async (): Promise<void> => {
    await desk.purge(Date.now() - 60_000);
    await copies.takeIn();
    await copies.complete();
  };
  void catchUp().catch((error: unknown) => report(messageOf(error)));
  return {
    desk,
    exportChats,
    importChats,
    async afterSaves(chatIds) {
      for (const id of chatIds) await copies.update(id);
      await index.update(stop.signal);
      for (const id of chatIds) {
        const title = await titles.name(id, stop.signal);
        if (title === undefined) continue;
        (await ports.chats()).retitled(id, title);
        changed(id);
      }
    },
    async afterRescue(rescue) {
      const gained = await copies.restore();
      await tellRescue(rescue, gained);
    },
    dispose() {
      stop.abort();
      desk.dispose();
    },
  };
}

/** Names this machine's files among those of others. */
const writer = `${hostname()
  .replace(/[^\w-]+/g, '-')
  .slice(0, 40)}-${vscode.env.machineId.replace(/\W+/g, '').slice(0, 8)}`;

/** The folder of the setting; the same object as long as it is the same folder. */
function sharedFolder(): () => ChatFiles | undefined {
  let last: ChatFiles | undefined;
  return () => {
    const folder = vscode.workspace.getConfiguration('tutti.history').inspect<string>('location')?.globalValue ?? '';
    if (!isAbsolute(folder)) last = undefined;
    else if (last?.folder !== folder) last = new ChatFiles(folder, writer);
    return last;
  };
}

async function tellRescue(rescue: Rescue, gained: { readonly chats: number; readonly turns: number }): Promise<void> {
  const show = l10n.t('Show the Damaged File');
  const chosen = await vscode.window.showWarningMessage(
    l10n.t(
      "Tutti's database was damaged. {0} chats with {1} messages were saved into a new one, {2} of the chats from copies. The damaged file was put aside, unchanged: {3}",
      rescue.chats + gained.chats,
      rescue.turns + gained.turns,
      gained.chats,
      rescue.keptAt,
    ),
    show,
  );
  if (chosen === show) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(rescue.keptAt));
}
