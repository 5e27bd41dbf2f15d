import * as l10n from '@vscode/l10n';
import type { Conversation } from '../chat/conversation.ts';
import type { Attachment } from '../context/attachment.ts';
import { composeInstructions, type InstructionFile } from '../context/instructions.ts';
import type { Gateway, Resolution } from '../gateway/gateway.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { ChatView, CommandView, InstructionView } from '../protocol/chat-view.ts';
import type { Delta } from '../protocol/to-webview.ts';
import type { HiddenBecause } from './allowed-files.ts';
import type { ChatFrames } from './chat-frames.ts';
import { summariser } from './chat-summary.ts';
import { commandViews, type Expansion, expandMessage } from './expand-message.ts';
import type { InstructionFiles } from './instruction-files.ts';
import { instructionViews } from './instruction-views.ts';
import { modelNamed } from './model-named.ts';
import type { UserSettings } from './user-settings.ts';
import { WindowMeter } from './window-meter.ts';

/** The chat that a place shows just now. */
export interface ChatShown {
  readonly conversation: () => Conversation;
  /** Who would be asked, as it was last found out. */
  readonly resolution: () => Resolution | undefined;
  /** What is attached to the message that is being written. */
  readonly attachedTokens: () => number;
  /** Addresses of the files whose text is in that. */
  readonly attachedFiles: () => readonly string[];
  readonly tell: (delta: Delta) => void;
}

export interface ContextPorts {
  readonly gateway: Gateway;
  readonly directory: ModelDirectory;
  readonly settings: UserSettings;
  readonly instructions: InstructionFiles;
  readonly frames: ChatFrames;
  readonly hiddenBecause: HiddenBecause;
  /** What is not committed yet, as attachments; or why there is none. */
  readonly changes: () => Promise<readonly Attachment[] | string>;
}

/** What goes along with the messages of the chat a place shows, what its commands mean, and how full it all makes the window. */
export class ChatContext {
  readonly #ports: ContextPorts;
  readonly #chat: ChatShown;
  readonly #meter: WindowMeter;
  readonly #listening: { dispose(): void };
  #files: readonly InstructionFile[] = [];
  #commands: readonly CommandView[] = [];
  /** Files whose folders' instructions were looked for last. */
  #readFor = '';

  constructor(ports: ContextPorts, chat: ChatShown) {
    this.#ports = ports;
    this.#chat = chat;
    this.#meter = new WindowMeter({
      ...chat,
      estimates: ports.gateway.estimates,
      settings: ports.settings,
      instructionsFor: (model) => composeInstructions(this.#used, model?.facts.contextWindow).text,
    });
    this.#listening = ports.instructions.onDidChange(() => void this.refresh());
  }

  dispose(): void {
    this.#listening.dispose();
    this.#meter.dispose();
  }

  /** For a snapshot. */
  views(): Required<Pick<ChatView, 'instructions' | 'commands' | 'window'>> {
    return { instructions: this.#instructionViews(), commands: this.#commands, window: this.#meter.view() };
  }

  /** Looks for instructions and commands anew, and tells what it found. */
  async refresh(): Promise<void> {
    this.#readFor = this.#about().join();
    const [files, commands] = await Promise.all([
      this.#ports.instructions.read(this.#about()),
      commandViews(this.#ports.hiddenBecause),
    ]);
    this.#files = files;
    this.#commands = commands;
    this.#chat.tell({ type: 'instructions', instructions: this.#instructionViews() });
    this.#chat.tell({ type: 'commands', commands });
    this.#meter.changed();
  }

  /** To be told of every change of the chat. */
  changed(delta: Delta): void {
    if ((delta.type === 'attachments' || delta.type === 'message-added') && this.#about().join() !== this.#readFor) {
      void this.refresh();
    }
    if (delta.type === 'model') this.#chat.tell({ type: 'instructions', instructions: this.#instructionViews() });
    this.#meter.changed(delta);
  }

  /** What a message that is about to be sent becomes. */
  async prepare(message: string): Promise<Expansion> {
    const expansion = await expandMessage(message, {
      hiddenBecause: this.#ports.hiddenBecause,
      changes: this.#ports.changes,
      modelOf: (names) => modelNamed(names, this.#ports, this.#chat.resolution()),
    });
    if (expansion && expansion.kind !== 'send') return expansion;
    const changes = await this.#ports.frames.changesIn(this.#chat.conversation().id);
    return {
      kind: 'send',
      prepared: { files: [], ...expansion?.prepared, notes: [...(expansion?.prepared.notes ?? []), ...changes] },
      attachments: expansion?.attachments ?? [],
    };
  }

  /** `failedId`: the reply that did not fit, to be asked for again. */
  async compact(failedId?: string): Promise<void> {
    const conversation = this.#chat.conversation();
    if (conversation.busy) return;
    const summarise = summariser(this.#ports, conversation, (problem) => this.#meter.tellProblem(problem));
    let isAsked = false;
    await conversation.compact(async (...asked) => {
      isAsked = true;
      this.#meter.compacting = true;
      try {
        return await summarise(...asked);
      } finally {
        this.#meter.compacting = false;
      }
    }, failedId);
    if (isAsked) return;
    this.#meter.tellProblem(
      failedId === undefined
        ? l10n.t('There is nothing to summarise yet.')
        : l10n.t(
            'There is nothing before the message that could be summarised. Shorten it, attach less, or switch to a model with a larger window.',
          ),
    );
  }

  /** From now on it is sent along, or is not. */
  async useInstruction(uri: string, on: boolean): Promise<void> {
    if (this.hasInstruction(uri)) await this.#ports.instructions.use(uri, on);
  }

  /** Whether it is one of those that are shown: nothing else is opened for a webview. */
  hasInstruction(uri: string): boolean {
    return this.#files.some((file) => file.uri === uri);
  }

  /** The files the next request is about. */
  #about(): readonly string[] {
    return [...this.#chat.conversation().sent().files, ...this.#chat.attachedFiles()];
  }

  get #used(): readonly InstructionFile[] {
    return this.#files.filter(({ uri }) => this.#ports.instructions.isOn(uri));
  }

  #instructionViews(): readonly InstructionView[] {
    const resolution = this.#chat.resolution();
    const model = resolution?.kind === 'model' ? resolution.model : undefined;
    return instructionViews(this.#files, this.#used, model, this.#ports.gateway.estimates);
  }
}
