import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type ArchivedChat, writeArchive } from '../chat/archive.ts';
import { chatMarkdown } from '../chat/chat-markdown.ts';
import { readChats } from '../chat/read-chats.ts';
import type { ChatImport } from '../store/chat-import.ts';
import { stringAt } from '../util/json.ts';
import type { Command } from './command.ts';

export interface HistoryCommandPorts {
  readonly chats: ChatImport;
  /** The chat the user last was at; there may be nothing in it yet. */
  readonly currentChat: () => Promise<string>;
  readonly imported: (chatId: string) => void;
  readonly report: (problem: string) => void;
}

export type ExportFormat = 'json' | 'markdown';

/** `{chatId?, format?, file?}`: without an id all chats; what is not given is asked. Gives the file's path. */
export function exportChatCommand(ports: HistoryCommandPorts): Command {
  return {
    id: 'tutti.exportChat',
    async run(argument) {
      const all = argument !== undefined && stringAt(argument, 'chatId') === undefined;
      const chatId = stringAt(argument, 'chatId') ?? (all ? undefined : await pickWhat(ports));
      if (chatId === null) return undefined;
      const file = await fileToWrite(argument, chatId && (await ports.chats.whole(chatId))?.title);
      if (!file) return undefined;
      const format = formatOf(stringAt(argument, 'format'), file);
      await write(file, format === 'json' ? writeArchive(wanted(ports, chatId)) : markdown(wanted(ports, chatId)));
      if (stringAt(argument, 'file') === undefined) {
        void vscode.window.showInformationMessage(l10n.t('Exported to {0}.', file.fsPath));
      }
      return file.fsPath;
    },
  };
}

/** `{file?}`: a path or several; what is not given is asked. Gives what was read. */
export function importChatsCommand(ports: HistoryCommandPorts): Command {
  return {
    id: 'tutti.importChats',
    async run(argument) {
      const given = stringAt(argument, 'file');
      const files = given === undefined ? await pickFiles() : [vscode.Uri.file(given)];
      if (files.length === 0) return undefined;
      const sum = { chats: 0, known: 0, messages: 0, unread: [] as string[] };
      for (const file of files) {
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
        const { chats, unread } = readChats(text, file.path, Date.now());
        sum.unread.push(...unread);
        for (const chat of chats) {
          const { isNew, turns } = await ports.chats.add(chat);
          if (isNew) sum.chats++;
          else sum.known++;
          sum.messages += turns;
          if (turns > 0 || isNew) ports.imported(chat.id);
        }
      }
      for (const line of sum.unread) ports.report(l10n.t('Import: {0}', line));
      tell(sum);
      return sum;
    },
  };
}

function tell({
  chats,
  known,
  messages,
  unread,
}: {
  chats: number;
  known: number;
  messages: number;
  unread: string[];
}) {
  const words = [l10n.t('{0} chats were imported, {1} messages.', chats, messages)];
  if (known > 0) words.push(l10n.t('{0} were here already; nothing of them was overwritten.', known));
  if (unread.length === 0) return void vscode.window.showInformationMessage(words.join(' '));
  words.push(l10n.t('Not read: {0}', unread.slice(0, 3).join(' ')));
  if (unread.length > 3) words.push(l10n.t('The log has {0} more.', unread.length - 3));
  return void vscode.window.showWarningMessage(words.join(' '));
}

/** null = nothing after all; undefined = all. */
async function pickWhat({ chats, currentChat }: HistoryCommandPorts): Promise<string | undefined | null> {
  const current = await currentChat();
  if (!(await chats.whole(current))) return undefined;
  const picked = await vscode.window.showQuickPick(
    [
      { label: l10n.t('This chat'), id: current },
      { label: l10n.t('All chats'), id: undefined },
    ],
    { placeHolder: l10n.t('Export chats') },
  );
  return picked ? picked.id : null;
}

async function fileToWrite(argument: unknown, title: string | undefined): Promise<vscode.Uri | undefined> {
  const given = stringAt(argument, 'file');
  if (given !== undefined) return vscode.Uri.file(given);
  const name = (title ?? 'tutti-chats').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'chat';
  const isMarkdown = stringAt(argument, 'format') === 'markdown';
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const filters = { JSON: ['json'], Markdown: ['md'] };
  return vscode.window.showSaveDialog({
    filters: isMarkdown ? { Markdown: filters.Markdown } : filters,
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${name}.${isMarkdown ? 'md' : 'json'}`) }),
  });
}

function formatOf(given: string | undefined, file: vscode.Uri): ExportFormat {
  if (given === 'markdown' || given === 'json') return given;
  return /\.(md|markdown)$/i.test(file.path) ? 'markdown' : 'json';
}

async function* wanted({ chats }: HistoryCommandPorts, chatId: string | undefined): AsyncGenerator<ArchivedChat> {
  const ids = chatId === undefined ? await chats.ids() : [chatId];
  for (const id of ids) {
    const chat = await chats.whole(id);
    if (chat) yield chat;
    else if (chatId !== undefined) throw new Error(l10n.t('This chat is not there any more.'));
  }
}

async function* markdown(chats: AsyncIterable<ArchivedChat>): AsyncGenerator<string> {
  let before = '';
  for await (const chat of chats) {
    yield before + chatMarkdown(chat);
    before = '\n---\n\n';
  }
}

/** A chat at a time: all of them may be more than a string can be. Nothing stands at `file` until all is written. */
async function write(file: vscode.Uri, pieces: AsyncIterable<string>): Promise<void> {
  if (file.scheme !== 'file') {
    const all: string[] = [];
    for await (const piece of pieces) all.push(piece);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(all.join('')));
    return;
  }
  const unfinished = `${file.fsPath}.${process.pid}.part`;
  try {
    await pipeline(pieces, createWriteStream(unfinished));
    await rename(unfinished, file.fsPath);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function pickFiles(): Promise<readonly vscode.Uri[]> {
  const files = await vscode.window.showOpenDialog({
    canSelectMany: true,
    filters: { [l10n.t('Chats of Tutti, Copilot Chat, Continue or Cline')]: ['json'] },
    openLabel: l10n.t('Import'),
  });
  return files ?? [];
}
