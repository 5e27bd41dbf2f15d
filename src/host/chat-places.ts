import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { OpenChats } from '../chat/open-chats.ts';
import type { Resolution } from '../gateway/gateway.ts';
import { stringAt } from '../util/json.ts';
import type { HiddenBecause } from './allowed-files.ts';
import type { PageDoor } from './attach-page.ts';
import { AttachService } from './attach-service.ts';
import { registerAttachmentPages } from './attachment-page.ts';
import type { AttachingPorts } from './chat-attachments.ts';
import { ChatContext, type ContextPorts } from './chat-context.ts';
import { type ChatConversationPorts, conversationPorts } from './chat-conversations.ts';
import { ChatFrames } from './chat-frames.ts';
import { ChatPage, type ChatPagePorts } from './chat-page.ts';

import { ChatSession, type ChatSessionPorts } from './chat-session.ts';

import { InstructionFiles } from './instruction-files.ts';
import { KeptAttachments } from './kept-attachments.ts';

export const chatTabType = 'tutti.chatTab';

/** Where a chat is shown. VS Code itself can move the view, to the secondary sidebar for one, and tabs. */
export type Place = 'view' | 'tab' | 'window';

export interface ChatPlacesPorts
  extends Omit<
      ChatSessionPorts,
      | 'chats'
      | 'lastChat'
      | 'remember'
      | 'lastAttached'
      | 'onAttached'
      | 'onModel'
      | 'openContext'
      | 'frames'
      | 'attaching'
    >,
    Pick<ChatConversationPorts, 'gateway' | 'store' | 'votes'>,
    Pick<ContextPorts, 'directory'> {
  readonly extensionUri: vscode.Uri;
  /** Ends with the places. */
  readonly alongside: vscode.Disposable;
  /** Answers what a page asks about all kept chats. */
  readonly history: ChatPagePorts['history'];
  readonly diagramProgram: ChatPagePorts['diagramProgram'];
  readonly hiddenBecause: HiddenBecause;
  /** Remembers which chat the view shows; a tab remembers its own. */
  readonly memento: vscode.Memento;
  readonly localOnlyBecause: AttachingPorts['localOnlyBecause'];
  /** How web pages are fetched. */
  readonly pages: PageDoor;
  /** Called when it has been found out which model the chat in use has and whether it can serve. */
  readonly onModel: (resolution: Resolution) => void;
}

const chatKey = 'tutti.chat';
/** Of the view, among chats' ids. */
const viewKey = 'view';

interface Tab {
  readonly panel: vscode.WebviewPanel;
  readonly session: ChatSession;
}

/** All chats of this window and where they are shown: the view, and any number of editor tabs. */
export class ChatPlaces implements vscode.Disposable {
  readonly #ports: ChatPlacesPorts;
  readonly #chats: OpenChats;
  readonly #instructions: InstructionFiles;
  readonly #frames: ChatFrames;
  readonly #attaching: AttachingPorts;
  readonly #kept: KeptAttachments;
  readonly #disposables: vscode.Disposable;
  readonly #viewSession: ChatSession;
  readonly #tabs = new Set<Tab>();
  readonly #windowState: vscode.Disposable;
  #view: vscode.WebviewView | undefined;
  #used: ChatSession;

  constructor(ports: ChatPlacesPorts) {
    this.#ports = ports;
    this.#instructions = new InstructionFiles(ports.hiddenBecause, ports.memento);
    this.#frames = new ChatFrames(this.#instructions);
    const service = new AttachService(ports.hiddenBecause, ports.pages);
    this.#disposables = vscode.Disposable.from(service, registerAttachmentPages());
    const { directory, localOnlyBecause, memento } = ports;
    this.#attaching = { service, directory, localOnlyBecause, memento };
    this.#chats = new OpenChats(
      conversationPorts({ ...ports, frames: this.#frames }, (chatId) => this.#chats.modelMayHaveChanged(chatId)),
      () => this.#name(),
    );
    this.#kept = new KeptAttachments(memento);
    this.#viewSession = this.#newSession({
      lastChat: () => memento.get<string>(chatKey),
      remember: (chatId) => Promise.resolve(memento.update(chatKey, chatId)),
      lastAttached: () => this.#kept.of(viewKey),
      onAttached: (attached) => this.#kept.keep(viewKey, attached),
    });
    this.#used = this.#viewSession;
    this.#windowState = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void Promise.all(this.#sessions.map((session) => session.refresh()));
      else void this.#chats.flush();
    });
  }

  /** Resolves when everything is on disk: the window goes. Replies are kept as far as they have come. */
  async close(): Promise<void> {
    await this.#chats.flush();
    await this.#chats.stopAll();
  }

  dispose(): void {
    this.#windowState.dispose();
    for (const { session } of this.#tabs) session.dispose();
    this.#viewSession.dispose();
    this.#instructions.dispose();
    this.#disposables.dispose();
    void this.#chats.stopAll().finally(() => this.#ports.alongside.dispose());
  }

  /** The chat the user last was at. */
  get current(): ChatSession {
    return this.#used;
  }

  modelMayHaveChanged(): void {
    for (const session of this.#sessions) session.modelMayHaveChanged();
  }

  /** Brings a chat to the front: where it is shown already, else at `place`, else where the user last was. */
  async open(chatId: string, place?: Place): Promise<ChatSession> {
    const shown = this.#sessions.find((session) => session.chatId === chatId);
    if (shown && place === undefined) return this.reveal(shown);
    const session = place === 'tab' || place === 'window' ? this.#openTab() : this.#placeFor(place);
    if (!(await session.openChat(chatId))) throw new Error(l10n.t('This chat is not there any more.'));
    return this.#bringForward(session, place);
  }

  /** A chat without a message at `place`, else where the user last was. */
  async openNew(place?: Place): Promise<ChatSession> {
    const session = place === 'tab' || place === 'window' ? this.#openTab() : this.#placeFor(place);
    if (place !== 'tab' && place !== 'window') await session.newChat();
    return this.#bringForward(session, place);
  }

  /** Shows the place and puts the keyboard into it. */
  async reveal(session: ChatSession): Promise<ChatSession> {
    const tab = this.#tabOf(session);
    if (tab) tab.panel.reveal();
    else await vscode.commands.executeCommand('tutti.chat.focus');
    this.#use(session);
    return session;
  }

  /** A chat that is to be deleted is shown nowhere. */
  async leave(chatId: string): Promise<void> {
    const showing = this.#sessions.filter((session) => session.chatId === chatId);
    await Promise.all(showing.map((session) => session.newChat()));
  }

  /** A chat has another title by now. */
  retitled(chatId: string, title: string): void {
    this.#chats.retitled(chatId, title);
  }

  /** The view in the sidebar, or wherever the user has moved it; again after it was closed. */
  adoptView(view: vscode.WebviewView): void {
    const session = this.#viewSession;
    this.#view = view;
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.#hidden(session);
    });
    view.onDidDispose(() => {
      this.#view = undefined;
      session.attach(undefined);
    });
    this.#draw(view.webview, session);
    this.#name();
  }

  /** A tab that a reload of the window brings back; `state` is what its page kept. */
  adoptTab(panel: vscode.WebviewPanel, state: unknown): void {
    const chatId = stringAt(state, 'chatId');
    const session = this.#newSession({
      lastChat: () => chatId,
      remember: () => Promise.resolve(),
      lastAttached: () => this.#kept.of(chatId ?? ''),
      onAttached: (attached, current) => this.#kept.keep(current, attached),
    });
    const tab: Tab = { panel, session };
    this.#tabs.add(tab);
    panel.iconPath = vscode.Uri.joinPath(this.#ports.extensionUri, 'media', 'icon.png');
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#hidden(session);
      if (panel.active) this.#use(session);
    });
    panel.onDidDispose(() => {
      this.#tabs.delete(tab);
      session.attach(undefined);
      session.dispose();
      if (this.#used === session) this.#use(this.#viewSession);
    });
    this.#draw(panel.webview, session);
    this.#name();
  }

  #hidden(session: ChatSession): void {
    session.hidden();
    void this.#chats.flush();
  }

  get #sessions(): readonly ChatSession[] {
    return [this.#viewSession, ...[...this.#tabs].map(({ session }) => session)];
  }

  #tabOf(session: ChatSession): Tab | undefined {
    return [...this.#tabs].find((tab) => tab.session === session);
  }

  #placeFor(place: 'view' | undefined): ChatSession {
    return place === 'view' ? this.#viewSession : this.#used;
  }

  #openTab(): ChatSession {
    const panel = vscode.window.createWebviewPanel(chatTabType, 'Tutti', vscode.ViewColumn.Active);
    this.adoptTab(panel, undefined);
    const tab = [...this.#tabs].find((each) => each.panel === panel);
    return tab?.session ?? this.#viewSession;
  }

  async #bringForward(session: ChatSession, place: Place | undefined): Promise<ChatSession> {
    await this.reveal(session);
    if (place === 'window') await vscode.commands.executeCommand('workbench.action.moveEditorToNewWindow');
    return session;
  }

  #newSession(
    remembering: Pick<ChatSessionPorts, 'lastChat' | 'remember' | 'lastAttached' | 'onAttached'>,
  ): ChatSession {
    return new ChatSession({
      ...this.#ports,
      chats: this.#chats,
      attaching: this.#attaching,
      ...remembering,
      frames: this.#frames,
      openContext: (shown) => new ChatContext(this.#contextPorts(), shown),
      onModel: (resolution, session) => {
        if (session === this.#used) this.#ports.onModel(resolution);
      },
    });
  }

  #contextPorts(): ContextPorts {
    return {
      ...this.#ports,
      instructions: this.#instructions,
      frames: this.#frames,
      changes: () => this.#attaching.service.changes(),
    };
  }

  #draw(webview: vscode.Webview, session: ChatSession): void {
    const { extensionUri, report, history, diagramProgram } = this.#ports;
    new ChatPage(webview, session, {
      extensionUri,
      report,
      history,
      diagramProgram,
      onUsed: (used) => this.#use(used),
    });
  }

  #use(session: ChatSession): void {
    if (this.#used === session) return;
    this.#used = session;
    session.modelMayHaveChanged();
  }

  /** What is written on tabs and on the view. */
  #name(): void {
    for (const { panel, session } of this.#tabs) {
      const title = session.busy ? `${session.title} …` : session.title;
      if (panel.title !== title) panel.title = title;
    }
    if (this.#view) this.#view.title = this.#viewSession.title;
  }
}
