import type { ModelChoice } from '../llm/model-choice.ts';
import type { Delta } from '../protocol/to-webview.ts';
import { delay } from '../util/delay.ts';
import { Conversation, type ConversationPorts } from './conversation.ts';
import { windowGoes } from './replies.ts';

/** A place that shows a chat. */
export interface ChatListener {
  onDelta(delta: Delta): void;
  /** The chat may ask another model now, or more has been learned about the one it asks. */
  onModelMayHaveChanged(): void;
  /** Another window has gone on with the chat: all of it may be other than it was. */
  onReplaced(): void;
}

/** A chat in the hands of one place, until that shows another. */
export interface HeldChat {
  readonly conversation: Conversation;
  release(): void;
}

export interface OpenChat {
  readonly id: string;
  readonly title: string;
  readonly busy: boolean;
}

export interface OpenChatsPorts extends ConversationPorts {
  /** When any window last saved the chat. */
  readonly savedAt: (id: string) => Promise<number | undefined>;
  /** A turn as it stands on disk now. */
  readonly turnBody: (chatId: string, turnId: string) => Promise<string | undefined>;
}

/** A reply that another window is writing is looked at this often, for as long after its last change. */
const followEveryMs = 1000;
const followForMs = 120_000;

interface Entry {
  readonly conversation: Conversation;
  readonly listeners: Set<ChatListener>;
  busy: boolean;
}

/**
 * The chats of this window that a place shows or that are being answered: each is there once, so that all places that
 * show it tell the same, and a reply goes on while nobody looks.
 */
export class OpenChats {
  readonly #ports: OpenChatsPorts;
  readonly #onDidChange: () => void;
  readonly #entries = new Set<Entry>();
  readonly #closing = new AbortController();
  readonly #loading = new Map<string, Promise<Entry | undefined>>();

  /** `onDidChange`: another chat is there, or one has begun or ended a reply, or has another title. */
  constructor(ports: OpenChatsPorts, onDidChange: () => void) {
    this.#ports = ports;
    this.#onDidChange = onDidChange;
  }

  get list(): readonly OpenChat[] {
    return [...this.#entries].map(({ conversation: { id, title }, busy }) => ({ id, title, busy }));
  }

  /** A chat without a message, on disk only when it has one. */
  fresh(listener: ChatListener, model?: ModelChoice): HeldChat {
    const entry = this.#enter();
    // It saves nothing of a chat without a message, so there is nothing to wait for.
    if (model !== undefined) void entry.conversation.chooseModel(model);
    return this.#hold(entry, listener);
  }

  /** A kept chat; undefined where there is none of that id. */
  async open(id: string, listener: ChatListener): Promise<HeldChat | undefined> {
    const entry = this.#find(id) ?? (await this.#load(id));
    return entry && this.#hold(entry, listener);
  }

  /** To be told to all who show it. */
  modelMayHaveChanged(id: string): void {
    for (const listener of this.#find(id)?.listeners ?? []) listener.onModelMayHaveChanged();
  }

  /** The store has another title for it. */
  retitled(id: string, title: string): void {
    this.#find(id)?.conversation.retitle(title);
  }

  /** Reads what another window has added to a chat. What is being written here ends first. */
  async refresh(id: string): Promise<void> {
    const entry = this.#find(id);
    if (!entry || entry.busy) return;
    const savedAt = await this.#ports.savedAt(id);
    if (savedAt === undefined || savedAt <= entry.conversation.updatedAt || entry.busy) return;
    await this.#readAgain(entry);
  }

  async #readAgain(entry: Entry): Promise<void> {
    if (!(await entry.conversation.load(entry.conversation.id))) return;
    for (const listener of entry.listeners) listener.onReplaced();
    this.#onDidChange();
  }

  /** A window that lost its page, or another one that is open, may still be writing a reply: it is shown as it grows. */
  async #follow(entry: Entry): Promise<void> {
    const { conversation } = entry;
    const { id } = conversation;
    for (let quietMs = 0; quietMs < followForMs; quietMs += followEveryMs) {
      await delay(followEveryMs, this.#closing.signal);
      const isOver = this.#closing.signal.aborted || !this.#entries.has(entry) || entry.busy || conversation.id !== id;
      const [before] = conversation.unfinished;
      if (isOver || !before) return;
      const body = await this.#ports.turnBody(id, before.id).catch(() => undefined);
      if (body === undefined || body === before.body || entry.busy || conversation.id !== id) continue;
      // What cannot be read now can be in a second.
      await this.#readAgain(entry).catch(() => undefined);
      quietMs = 0;
    }
  }

  /** Resolves when all that has arrived of replies is on disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.#entries].map(({ conversation }) => conversation.flush()));
  }

  /** Resolves when no reply is being written any more, as the window goes. */
  async stopAll(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#entries].map(({ conversation }) => conversation.stop(windowGoes)));
  }

  #find(id: string): Entry | undefined {
    return [...this.#entries].find(({ conversation }) => conversation.id === id);
  }

  /** Once, however many places ask for it while it is being read. */
  #load(id: string): Promise<Entry | undefined> {
    const reading = this.#loading.get(id) ?? this.#read(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, reading);
    return reading;
  }

  async #read(id: string): Promise<Entry | undefined> {
    const entry = this.#enter();
    try {
      if (await entry.conversation.load(id)) {
        void this.#follow(entry);
        return entry;
      }
    } catch (error) {
      this.#entries.delete(entry);
      throw error;
    }
    this.#entries.delete(entry);
    return undefined;
  }

  #enter(): Entry {
    const listeners = new Set<ChatListener>();
    const conversation = new Conversation(this.#ports, (delta) => {
      for (const listener of listeners) listener.onDelta(delta);
      if (delta.type === 'busy') {
        entry.busy = delta.busy;
        this.#dropIfDone(entry);
      }
      if (delta.type === 'busy' || delta.type === 'title') this.#onDidChange();
    });
    const entry: Entry = { conversation, listeners, busy: false };
    this.#entries.add(entry);
    return entry;
  }

  #hold(entry: Entry, listener: ChatListener): HeldChat {
    entry.listeners.add(listener);
    this.#onDidChange();
    return {
      conversation: entry.conversation,
      release: () => {
        entry.listeners.delete(listener);
        this.#dropIfDone(entry);
        this.#onDidChange();
      },
    };
  }

  #dropIfDone(entry: Entry): void {
    if (entry.listeners.size === 0 && !entry.busy) this.#entries.delete(entry);
  }
}
