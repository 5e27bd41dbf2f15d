import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ErrorAction } from '../protocol/chat-view.ts';
import type { HistoryAsk } from '../protocol/history-view.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import { messageOf } from '../util/message-of.ts';
import type { ChatSession } from './chat-session.ts';
import { readFromWebview } from './read-from-webview.ts';
import { webviewFolder, webviewHtml } from './webview-html.ts';
import type { AskingPage } from './workbench-requests.ts';

export interface ChatPagePorts {
  readonly extensionUri: vscode.Uri;
  readonly report: (problem: string) => void;
  /** Answers what the page asks about all kept chats. */
  readonly history: (ask: HistoryAsk, session: ChatSession) => Promise<void>;
  /** Where the program that draws diagrams is; asks the user before it is fetched. */
  readonly diagramProgram: AskingPage['diagramProgram'];
  /** The user is at this page. */
  readonly onUsed: (session: ChatSession) => void;
}

/** The page in a webview that shows a place's chat; does for it what only the workbench can. */
export class ChatPage {
  readonly #ports: ChatPagePorts;
  readonly #session: ChatSession;

  constructor(webview: vscode.Webview, session: ChatSession, ports: ChatPagePorts) {
    this.#ports = ports;
    this.#session = session;
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(ports.extensionUri)] };
    webview.onDidReceiveMessage(async (message: unknown) => {
      try {
        await this.#receive(message, webview);
      } catch (error) {
        // E.g. settings that cannot be written: nobody else would tell.
        ports.report(`The chat view asked for something that failed: ${messageOf(error)}`);
        void vscode.window.showErrorMessage(messageOf(error));
      }
    });
    session.attach((message) => void webview.postMessage(message));
    webview.html = webviewHtml(webview, ports.extensionUri, { title: 'Tutti', script: 'main.js', style: 'chat.css' });
  }

  async #receive(value: unknown, webview: vscode.Webview): Promise<void> {
    const message = readFromWebview(value);
    if (!message) {
      this.#ports.report('The chat view sent a message that is not in its protocol; it was ignored.');
      return;
    }
    if (message.type === 'focused' || message.type === 'send') this.#ports.onUsed(this.#session);
    switch (message.type) {
      case 'focused':
        return this.#session.refresh();
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'insert-code':
        await insertIntoEditor(message.text);
        return;
      case 'apply-code':
        await vscode.commands.executeCommand('tutti.applyCode', { ...message, turn: message.messageId });
        return;
      case 'open-link':
        await openLink(message.url);
        return;
      case 'history':
        await this.#ports.history(message.ask, this.#session);
        return;
      case 'find-files':
      case 'open-file':
      case 'open-symbol':
      case 'new-file':
      case 'run-in-terminal':
      case 'need-diagrams': {
        const { answer } = await import('./workbench-requests.ts');
        const post = (answered: ToWebview) => void webview.postMessage(answered);
        await answer(message, { post, diagramProgram: this.#ports.diagramProgram, report: this.#ports.report });
        return;
      }
      case 'error-action':
        await this.#act(message.command, message.messageId);
        return;
      default:
        await this.#session.receive(message);
    }
  }

  async #act(command: ErrorAction['command'], messageId: string | undefined): Promise<void> {
    if (command === 'compactAndRetry') {
      await this.#session.receive({ type: 'compact', ...(messageId !== undefined && { messageId }) });
      return;
    }
    if (command !== 'allowOverBudget') {
      await vscode.commands.executeCommand(commands[command]);
      return;
    }
    await vscode.commands.executeCommand(commands[command], { chatId: this.#session.chatId });
    if (messageId !== undefined) await this.#session.receive({ type: 'retry', messageId });
  }
}

const commands: Readonly<Record<Exclude<ErrorAction['command'], 'compactAndRetry'>, string>> = {
  addProvider: 'tutti.addProvider',
  switchModel: 'tutti.switchModel',
  modelSettings: 'tutti.modelSettings',
  testConnection: 'tutti.testConnection',
  pullModel: 'tutti.pullModel',
  allowOverBudget: 'tutti.allowOverBudget',
  explainAuto: 'tutti.explainAuto',
};

async function insertIntoEditor(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(l10n.t('Open a file and put the cursor where the code should go.'));
    return;
  }
  await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
}

/** VS Code itself asks before it leaves for a host the user has not trusted. */
async function openLink(url: string): Promise<void> {
  const protocol = URL.parse(url)?.protocol;
  if (protocol === 'https:' || protocol === 'http:' || protocol === 'mailto:') {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  }
}
