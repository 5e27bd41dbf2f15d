import * as vscode from 'vscode';
import type { Conversation } from '../chat/conversation.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import type { FromWebview, QueuedAction } from '../protocol/from-webview.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import type { PendingAttachments } from './attach-pending.ts';
import type { ChatContext } from './chat-context.ts';

export interface SendingPorts {
  /** The chat that is shown just now. */
  readonly conversation: () => Conversation;
  readonly context: ChatContext;
  readonly pending: PendingAttachments;
  /** Puts something into the composer, once it is drawn. */
  readonly composer: (message: Extract<ToWebview, { type: 'focus-composer' | 'choose-compared' }>) => void;
  readonly newChat: () => Promise<void>;
  /** The chat has a message from now on. */
  readonly begun: () => Promise<void>;
}

export type SendingMessage = Extract<FromWebview, { type: 'send' | 'compare' | 'edit' | 'queued' }>;

/** More columns than this nobody reads side by side. */
const mostCompared = 4;

/** What becomes of what the user writes: a message with all that goes along, or the command it is. What is not sent goes back into the composer. */
export class Sending {
  readonly #ports: SendingPorts;

  constructor(ports: SendingPorts) {
    this.#ports = ports;
  }

  async receive(message: SendingMessage): Promise<void> {
    switch (message.type) {
      case 'send':
        return this.#send(message.text);
      case 'compare':
        return this.#compare(message.text, message.models.filter(isModelRef).slice(0, mostCompared));
      case 'edit':
        return this.#edit(message.messageId, message.text);
      case 'queued':
        return this.#queued(message.id, message.action);
    }
  }

  async #send(text: string): Promise<void> {
    const { context, pending, composer, newChat, begun } = this.#ports;
    // The place may show another chat by the time all is read that goes along.
    const conversation = this.#ports.conversation();
    const expansion = await context.prepare(text);
    switch (expansion.kind) {
      case 'send': {
        const attached = await pending.take();
        await Promise.all([
          conversation.send(text, [...attached, ...expansion.attachments], expansion.prepared),
          begun(),
        ]);
        return;
      }
      case 'compact':
        return context.compact();
      case 'clear':
        return newChat();
      case 'refused':
        if (expansion.reason !== undefined) void vscode.window.showWarningMessage(expansion.reason);
        composer({ type: 'focus-composer', text });
    }
  }

  async #compare(text: string, models: readonly ModelRef[]): Promise<void> {
    const { context, pending, composer, begun } = this.#ports;
    const conversation = this.#ports.conversation();
    const expansion = await context.prepare(text);
    if (expansion.kind !== 'send' || models.length < 2) {
      composer({ type: 'focus-composer', text });
      return;
    }
    const { prepared } = expansion;
    const attachments = [...(await pending.take()), ...expansion.attachments];
    await Promise.all([conversation.compare({ text, attachments, ...(prepared && { prepared }) }, models), begun()]);
  }

  /** A command in an edited message is obeyed anew, where it makes a message at all. */
  async #edit(messageId: string, text: string): Promise<void> {
    const expansion = await this.#ports.context.prepare(text);
    const prepared = expansion.kind === 'send' ? expansion.prepared : undefined;
    await this.#ports.conversation().edit(messageId, text, prepared);
  }

  async #queued(id: string, action: QueuedAction): Promise<void> {
    const { pending, composer } = this.#ports;
    const conversation = this.#ports.conversation();
    const taken = await conversation.unqueue(id);
    if (!taken || action === 'remove') return;
    const { text, attachments, prepared, compared } = taken;
    if (action === 'edit') {
      pending.restore(attachments);
      if (compared) composer({ type: 'choose-compared', models: compared });
      composer({ type: 'focus-composer', text });
    } else if (compared) await conversation.compare(taken, compared);
    else await conversation.send(text, attachments, prepared);
  }
}
