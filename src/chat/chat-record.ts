import type { Attachment } from '../context/attachment.ts';
import { choiceText, type ModelChoice, readChoice } from '../llm/model-choice.ts';
import type { MessageView, QueuedView } from '../protocol/chat-view.ts';
import type { Delta } from '../protocol/to-webview.ts';
import { type ChatKeeping, type ChatRow, ChatSaver, type TurnRow } from './chat-saver.ts';
import { attachmentsIn, filesIn, sentPart } from './history.ts';
import { MessageQueue } from './message-queue.ts';
import { messageView } from './message-view.ts';
import { isUnfinished, readTurn, type Turn, type TurnPlace } from './turn.ts';
import { TurnTree } from './turn-tree.ts';

export interface ChatRecordPorts extends ChatKeeping {
  /** Folder or workspace the window has open. */
  readonly workspace: () => string | undefined;
}

/** A chat as it stands: its row, its tree of turns, and what waits. Tells what is changed as a `Delta`, and keeps it. */
export class ChatRecord {
  readonly #ports: ChatRecordPorts;
  readonly #saver: ChatSaver;
  readonly tell: (delta: Delta) => void;
  #row: ChatRow = newChat();
  #tree = new TurnTree();
  #queue = new MessageQueue();
  #unfinished: readonly TurnRow[] = [];

  constructor(ports: ChatRecordPorts, tell: (delta: Delta) => void) {
    this.#ports = ports;
    this.#saver = new ChatSaver(ports);
    this.tell = tell;
  }

  get row(): ChatRow {
    return this.#row;
  }

  get tree(): TurnTree {
    return this.#tree;
  }

  get queue(): MessageQueue {
    return this.#queue;
  }

  /** The chat's own choice of model; undefined = the role's. */
  get model(): ModelChoice | undefined {
    return readChoice(this.#row.model);
  }

  /** Replies that had no end when the chat was read: another window may be writing them, if it still lives. */
  get unfinished(): readonly TurnRow[] {
    return this.#unfinished;
  }

  messages(): readonly MessageView[] {
    return this.#tree.path().map((turn) => this.view(turn));
  }

  /** What models are shown along with what was said. */
  attachments(): readonly Attachment[] {
    return attachmentsIn(this.#tree.path());
  }

  /** What the user said so far, oldest first. */
  recall(): readonly string[] {
    return this.messages().flatMap((message) =>
      message.role === 'user' && message.summary === undefined
        ? message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))
        : [],
    );
  }

  queueViews(): readonly QueuedView[] {
    return this.#queue.views();
  }

  /** What models are sent now, oldest first, and the addresses of the files whose text is in it. */
  sent(): { readonly turns: readonly Turn[]; readonly files: readonly string[] } {
    const path = this.#tree.path();
    return { turns: sentPart(path), files: filesIn(path) };
  }

  view(turn: Turn): MessageView {
    return messageView(turn, this.#tree.branch(turn));
  }

  /** From here on it is the kept chat `row`. */
  begin(row: ChatRow, turns: readonly TurnRow[]): void {
    this.#row = row;
    this.#tree = new TurnTree();
    this.#queue = MessageQueue.read(row.queue);
    this.#unfinished = turns.filter(({ body }) => isUnfinished(body));
    for (const stored of turns) {
      const turn = readTurn(stored, stored.body);
      if (turn) this.#tree.add(turn);
      else this.#ports.report(`A message of the chat "${row.title}" cannot be read and is left out.`);
    }
    // Without a word about it, the newest turn is the end of the path the user last saw.
    this.#tree.show(row.head);
  }

  /** From here on it is a chat without a message, with the choice of model it had. */
  beginAnew(): void {
    const { model } = this.#row;
    this.begin({ ...newChat(), ...(model !== undefined && { model }) }, []);
  }

  retitle(title: string): void {
    this.#row = { ...this.#row, title };
    this.tell({ type: 'title', title });
  }

  async chooseModel(model: ModelChoice): Promise<void> {
    this.#row = { ...this.#row, model: choiceText(model) };
    if (!this.#tree.isEmpty) await this.save();
  }

  /** Where the next turn of the path stands. */
  newPlace(): TurnPlace {
    const before = this.#tree.head;
    return {
      id: crypto.randomUUID(),
      // The store gives turns back by time, and clocks are set back at times.
      createdAt: Math.max(Date.now(), before?.createdAt ?? 0),
      ...(before && { parentId: before.id }),
    };
  }

  /** Puts a turn at the end of the path; whoever adds it saves it. */
  add(turn: Turn): void {
    this.#tree.add(turn);
    this.tell({ type: 'message-added', message: this.view(turn) });
  }

  async addAndSave(turn: Turn): Promise<void> {
    this.add(turn);
    await this.saveTurn(turn);
  }

  /** The path ends before `turn`, which stays in the tree with all that followed it. */
  cutBefore(turn: Turn): void {
    this.#tree.cutBefore(turn);
    this.tell({ type: 'messages-removed-from', messageId: turn.id });
  }

  /** To be called after the queue was changed. */
  async queueChanged(): Promise<void> {
    this.tell({ type: 'queue', queue: this.queueViews() });
    if (!this.#tree.isEmpty) await this.save(this.#row.updatedAt);
  }

  async saveTurn(turn: Turn): Promise<void> {
    await this.#saver.turn(this.#row.id, turn);
  }

  async save(updatedAt = Date.now()): Promise<void> {
    const workspace = this.#ports.workspace();
    const head = this.#tree.head?.id;
    const queue = this.#queue.toText();
    const { head: _, queue: __, ...kept } = this.#row;
    this.#row = {
      ...kept,
      updatedAt,
      ...(workspace !== undefined && { workspace }),
      ...(head !== undefined && { head }),
      ...(queue !== undefined && { queue }),
    };
    await this.#saver.chat(this.#row);
  }
}

function newChat(): ChatRow {
  const now = Date.now();
  return { id: crypto.randomUUID(), title: 'New chat', createdAt: now, updatedAt: now };
}
