import * as vscode from 'vscode';
import type { Conversation } from '../chat/conversation.ts';
import { windowOf } from '../chat/message-window.ts';
import type { ChatListener, HeldChat, OpenChats } from '../chat/open-chats.ts';
import type { Attachment } from '../context/attachment.ts';
import type { Mention } from '../context/mention.ts';
import type { Gateway, Resolution } from '../gateway/gateway.ts';
import { chosen } from '../gateway/roles.ts';
import { isModelChoice, type ModelChoice, readChoice } from '../llm/model-choice.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import type { ModelView } from '../protocol/chat-view.ts';
import type { ComparedAction, FromWebview } from '../protocol/from-webview.ts';
import type { Delta, ToWebview } from '../protocol/to-webview.ts';
import { messageOf } from '../util/message-of.ts';
import { type AttachingPorts, ChatAttachments } from './chat-attachments.ts';
import type { ChatContext, ChatShown } from './chat-context.ts';
import { chatAsk } from './chat-conversations.ts';
import type { ChatFrames } from './chat-frames.ts';
import type { ModelShelf } from './model-shelf.ts';
import { viewOfResolution } from './model-views.ts';
import { PageFeed } from './page-feed.ts';
import { Sending } from './sending.ts';
import { SettingsPanel, type SettingsPanelPorts } from './settings-panel.ts';
import { suggestCommands } from './suggest-commands.ts';
import type { WorkbenchRequest } from './workbench-requests.ts';

export interface ChatSessionPorts extends SettingsPanelPorts {
  readonly gateway: Gateway;
  /** All that may be chosen, fresh. */
  readonly listChoices: (signal: AbortSignal) => Promise<readonly ModelView[]>;
  readonly shelf: ModelShelf;
  /** What a chat says before its messages. */
  readonly frames: Pick<ChatFrames, 'of'>;
  readonly openContext: (shown: ChatShown) => ChatContext;
  readonly chats: OpenChats;
  /** The chat this place showed before the window was loaded anew. */
  readonly lastChat: () => string | undefined;
  /** To be remembered for `lastChat`; undefined = a chat without a message. */
  readonly remember: (chatId: string | undefined) => Promise<void>;
  readonly attaching: AttachingPorts;
  /** What was beside the next message before the window was loaded anew. */
  readonly lastAttached: () => readonly Attachment[];
  /** Something was put beside the next message by hand, or taken away. */
  readonly onAttached: (attached: readonly Attachment[], chatId: string) => void;
  /** Called when it has been found out which model the chat has and whether it can serve. */
  readonly onModel: (resolution: Resolution, session: ChatSession) => void;
}

/**
 * The chat that one place shows (the view, an editor tab), whether or not its webview is alive: answers the webview's
 * messages and tells it a snapshot and numbered deltas.
 */
export class ChatSession implements vscode.Disposable, ChatListener {
  readonly #ports: ChatSessionPorts;
  #held: HeldChat;
  readonly #subscriptions: vscode.Disposable[];
  readonly #attachments: ChatAttachments;
  readonly #feed = new PageFeed();
  readonly #panel: SettingsPanel;
  readonly #sending: Sending;
  #restored: Promise<void> | undefined;
  #models: readonly ModelView[] = [];
  #modelLooks = 0;
  #resolution: Resolution | undefined;
  readonly #context: ChatContext;

  constructor(ports: ChatSessionPorts) {
    this.#ports = ports;
    this.#held = ports.chats.fresh(this);
    this.#context = ports.openContext({
      conversation: () => this.#conversation,
      resolution: () => this.#resolution,
      attachedTokens: () => this.#attachments.pending.tokens,
      attachedFiles: () => this.#attachments.pending.files,
      tell: (delta) => this.#tell(delta),
    });
    this.#attachments = new ChatAttachments({
      ...ports.attaching,
      sent: () => this.#conversation.attachments(),
      suggestCommands: (query) => suggestCommands(query, this.#context.views().commands),
      changed: () => this.#attachmentsChanged(),
      answer: (message) => this.#feed.answer(message),
    });
    this.#panel = new SettingsPanel(ports, {
      currentModel: () => this.currentModel(),
      askFirst: (text) => {
        const messages = [{ role: 'user', content: [{ type: 'text', text }] }] as const;
        return chatAsk(ports.frames, { chatId: this.chatId, messages, files: [] });
      },
      show: (view) => this.#feed.answer({ type: 'model-settings', view }),
    });
    this.#attachments.pending.restore(ports.lastAttached());
    this.#sending = new Sending({
      conversation: () => this.#conversation,
      context: this.#context,
      pending: this.#attachments.pending,
      composer: (message) => this.whenDrawn(message),
      newChat: () => this.newChat(),
      begun: () => this.#remember(this.chatId),
    });
    this.#subscriptions = [
      this.#attachments,
      ports.settings.onDidChange(() => this.modelMayHaveChanged()),
      ports.shelf.onDidChange(() => this.#tellShelf()),
    ];
  }

  dispose(): void {
    this.#feed.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#context.dispose();
    this.#held.release();
  }

  /** The webview that is to be drawn now; undefined when it has gone. It asks for its snapshot itself. */
  attach(post: ((message: ToWebview) => void) | undefined): void {
    this.#feed.attach(post);
    this.#panel.close();
  }

  /** The page behind a hidden view is gone; when shown again it begins anew. */
  hidden(): void {
    this.#feed.undrawn();
    this.#panel.close();
  }

  /** Tells the page something once it is drawn. */
  whenDrawn(message: ToWebview): void {
    this.#feed.whenDrawn(message);
  }

  get chatId(): string {
    return this.#conversation.id;
  }

  get title(): string {
    return this.#conversation.title;
  }

  get busy(): boolean {
    return this.#conversation.busy;
  }

  get #conversation(): Conversation {
    return this.#held.conversation;
  }

  /** The model this chat asks; undefined = none can be found. */
  async currentModel(): Promise<ModelRef | undefined> {
    await this.#restore();
    return (await this.#resolve()).ref;
  }

  /** Which model this chat would ask, or Auto, or why none. */
  async resolve(): Promise<Resolution> {
    await this.#restore();
    return this.#resolve();
  }

  #attachmentsChanged(): void {
    this.#tell({ type: 'attachments', attachments: this.#attachments.pending.views() });
    // Before, it is what was there before the restart.
    if (this.#restored) this.#ports.onAttached(this.#attachments.pending.attached, this.chatId);
  }

  /** To be told when settings or keys are others: what is shown of the model is looked up again. */
  modelMayHaveChanged(): void {
    if (this.#feed.hasPage) void this.#tellModel();
  }

  onModelMayHaveChanged(): void {
    this.modelMayHaveChanged();
  }

  onReplaced(): void {
    if (this.#feed.isDrawn) void this.#sendSnapshot();
  }

  /** Reads what another window has added to the chat. */
  async refresh(): Promise<void> {
    if (!this.#feed.isDrawn) return;
    try {
      await this.#ports.chats.refresh(this.chatId);
    } catch (error) {
      this.#ports.report(`What other windows have added to this chat cannot be read: ${messageOf(error)}`);
    }
  }

  onDelta(delta: Delta): void {
    this.#tell(delta);
  }

  /** Makes it the choice of this chat and of the chats to come. */
  async chooseModel(ref: ModelChoice): Promise<void> {
    await this.#restore();
    await this.#conversation.chooseModel(ref);
    await this.#ports.settings.setRole('chat', chosen(this.#ports.settings.roles(), 'chat', ref));
    if (isModelRef(ref)) {
      await this.#ports.shelf.used(ref);
      this.#tellShelf();
    }
    this.#ports.chats.modelMayHaveChanged(this.chatId);
    await this.#tellModel();
  }

  /** Makes it the choice of this chat alone. */
  async useInChat(choice: ModelChoice): Promise<void> {
    await this.#restore();
    await this.#conversation.chooseModel(choice);
    this.#ports.chats.modelMayHaveChanged(this.chatId);
    await this.#tellModel();
  }

  /** Puts it beside the next message. */
  async mention(mention: Mention): Promise<void> {
    await this.#restore();
    await this.#attachments.pending.attach(mention);
  }

  async newChat(): Promise<void> {
    await this.#restore();
    await this.#show(this.#ports.chats.fresh(this, this.#conversation.model));
  }

  /** Goes on with a kept chat; false (and nothing changed) where there is none of that id. */
  async openChat(id: string): Promise<boolean> {
    await this.#restore();
    if (id === this.chatId) return true;
    const held = await this.#ports.chats.open(id, this);
    if (held) await this.#show(held);
    return held !== undefined;
  }

  /** Everything the webview may ask but what needs the workbench (links, clipboard, commands). */
  async receive(
    message: Exclude<
      FromWebview,
      | WorkbenchRequest
      | { type: 'focused' | 'copy' | 'open-link' | 'insert-code' | 'apply-code' | 'error-action' | 'history' }
    >,
  ): Promise<void> {
    switch (message.type) {
      case 'need-snapshot':
        return this.#sendSnapshot();
      case 'need-earlier':
        return this.#tell({
          type: 'earlier-messages',
          before: message.before,
          ...windowOf(this.#conversation.messages(), message.before),
        });
      case 'send':
      case 'compare':
        await this.#restore();
        return this.#sending.receive(message);
      case 'edit':
      case 'queued':
        return this.#sending.receive(message);
      case 'suggest':
      case 'attach':
      case 'attach-uris':
      case 'attach-image':
      case 'detach':
      case 'need-picture':
      case 'open-attachment':
        return this.#attachments.receive(message);
      case 'stop':
        return this.#conversation.stop();
      case 'retry':
        return this.#conversation.retry(message.messageId, isModelChoice(message.model) ? message.model : undefined);
      case 'compared':
        return this.#compared(message.action, message.messageId);
      case 'fork':
        return this.#fork(message.messageId);
      case 'switch-branch':
        return this.#conversation.switchBranch(message.messageId, message.step);
      case 'continue-with':
        return this.#conversation.continueWith(message.messageId);
      case 'select-model':
        return this.#select(message.ref);
      case 'refresh-models':
        return this.#refreshModels();
      case 'pin-model':
        return this.#ports.shelf.pin(message.ref, message.on);
      case 'hide-model':
        return this.#ports.shelf.hide(message.ref, message.on);
      case 'move-pin':
        return this.#ports.shelf.movePin(message.ref, message.by);
      case 'open-model-settings':
      case 'close-model-settings':
      case 'change-setting':
      case 'reset-settings':
      case 'undo-lesson':
        return this.#panel.receive(message);
      case 'compact':
        return this.#context.compact(message.messageId);
      case 'use-instruction':
        return this.#context.useInstruction(message.id, message.on);
      case 'open-instruction':
        if (!this.#context.hasInstruction(message.id)) return;
        await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(message.id));
        return;
    }
  }

  /** A model, Auto, or the JSON of a chain, as they stand in the list; or a preset by its name. */
  async #select(text: string): Promise<void> {
    const preset = /^preset:(.*)$/s.exec(text)?.[1];
    if (preset !== undefined) return vscode.commands.executeCommand('tutti.usePreset', { name: preset });
    const choice = readChoice(text);
    if (choice !== undefined) await this.chooseModel(choice);
  }

  async #fork(messageId: string): Promise<void> {
    const id = await this.#conversation.fork(messageId);
    if (id === undefined) return;
    await this.openChat(id);
  }

  async #compared(action: ComparedAction, messageId: string | undefined): Promise<void> {
    switch (action) {
      case 'stop':
        if (messageId === undefined) await this.#conversation.stop();
        else this.#conversation.stopCompared(messageId);
        return;
      case 'best':
        return this.#conversation.vote(messageId);
      case 'continue':
        return messageId === undefined ? undefined : this.#conversation.continueFrom(messageId);
    }
  }

  #hold(held: HeldChat): void {
    const before = this.#held;
    this.#held = held;
    before.release();
  }

  /** The chat before goes on where it is being answered. */
  async #show(held: HeldChat): Promise<void> {
    const { isDrawn } = this.#feed;
    this.#feed.undrawn();
    this.#hold(held);
    await this.#remember(this.#conversation.isEmpty ? undefined : this.chatId);
    if (isDrawn) await this.#sendSnapshot();
  }

  /** A place that cannot remember its chat still holds it. */
  async #remember(chatId: string | undefined): Promise<void> {
    try {
      await this.#ports.remember(chatId);
    } catch (error) {
      this.#ports.report(`This window will not remember its chat: ${messageOf(error)}`);
    }
  }

  async #resolve(): Promise<Resolution> {
    const resolution = await this.#ports.gateway.resolve('chat', this.#conversation.model);
    this.#resolution = resolution;
    this.#ports.onModel(resolution, this);
    void this.#attachments.modelIs(resolution);
    return resolution;
  }

  #restore(): Promise<void> {
    this.#restored ??= this.#loadLast();
    return this.#restored;
  }

  async #loadLast(): Promise<void> {
    const id = this.#ports.lastChat();
    if (id === undefined) return;
    try {
      const held = await this.#ports.chats.open(id, this);
      if (!held) return;
      this.#hold(held);
    } catch (error) {
      this.#ports.report(`The last chat cannot be opened: ${messageOf(error)}`);
    }
  }

  async #sendSnapshot(): Promise<void> {
    await this.#restore();
    const resolution = await this.#resolve();
    this.#feed.snapshot(() => {
      const conversation = this.#conversation;
      const compare = conversation.comparison();
      return {
        chatId: conversation.id,
        title: conversation.title,
        ...windowOf(conversation.messages()),
        busy: conversation.busy,
        model: viewOfResolution(resolution),
        models: this.#models,
        shelf: this.#ports.shelf.view(),
        recall: conversation.recall(),
        queue: conversation.queue(),
        ...(compare && { compare }),
        attachments: this.#attachments.pending.views(),
        ...this.#context.views(),
      };
    });
    await this.#context.refresh();
  }

  async #tellModel(): Promise<void> {
    const looked = ++this.#modelLooks;
    await this.#restore();
    const resolution = await this.#resolve();
    // A later look may have been the faster one.
    if (looked === this.#modelLooks) this.#tell({ type: 'model', model: viewOfResolution(resolution) });
    await this.#panel.refresh();
  }

  #tellShelf(): void {
    this.#tell({ type: 'shelf', shelf: this.#ports.shelf.view() });
  }

  async #refreshModels(): Promise<void> {
    this.#models = await this.#ports.listChoices(AbortSignal.timeout(10_000));
    this.#tell({ type: 'models', models: this.#models });
  }

  /** A page that is not drawn is told nothing, and nothing is worked out for it. */
  #tell(delta: Delta): void {
    if (!this.#feed.isDrawn) return;
    this.#context.changed(delta);
    this.#feed.tell(delta);
  }
}
