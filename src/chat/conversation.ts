import type { Attachment } from '../context/attachment.ts';
import type { Message } from '../llm/message.ts';
import { choiceText, type ModelChoice, readChoice } from '../llm/model-choice.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import type { CompareView, MessageView, QueuedView } from '../protocol/chat-view.ts';
import type { Delta } from '../protocol/to-webview.ts';
import { messageOf } from '../util/message-of.ts';
import { type ChatKeeping, type ChatRow, ChatSaver, type TurnRow, turnRow } from './chat-saver.ts';
import { Comparison, type VoteKeeping } from './comparison.ts';
import { forkChat } from './fork-chat.ts';
import { attachmentsIn, filesIn, historyOf, sentPart } from './history.ts';
import { MessageQueue, type Outgoing, type Prepared } from './message-queue.ts';
import { messageView } from './message-view.ts';
import { replyDelta } from './reply-delta.ts';
import { ReplyWriter } from './reply-writer.ts';
import { taskKind } from './task-kind.ts';
import { titleOf } from './title-of.ts';
import { type AssistantTurn, isUnfinished, newReply, readTurn, type Turn, type UserTurn } from './turn.ts';
import { TurnTree } from './turn-tree.ts';

/** What a conversation needs of the rest of the house. */
export interface ConversationPorts extends ChatKeeping {
  readonly stream: (
    ask: {
      readonly messages: readonly Message[];
      /** Addresses of the files whose text is in them. */
      readonly files: readonly string[];
      readonly model?: ModelChoice;
      /** Exactly this model: no other answers in its place. */
      readonly only?: ModelRef;
      readonly chatId: string;
    },
    signal: AbortSignal,
  ) => AsyncIterable<StreamEvent>;
  readonly loadChat: (id: string) => Promise<{ chat: ChatRow; turns: readonly TurnRow[] } | undefined>;
  /** Absent: votes are counted nowhere. */
  readonly votes?: VoteKeeping;
  /** Folder or workspace the window has open. */
  readonly workspace: () => string | undefined;
}

/** Puts a history in fewer words; undefined = nothing came of it, and the user has been told why. */
export type Summarise = (
  history: readonly Message[],
  files: readonly string[],
  signal: AbortSignal,
) => Promise<{ readonly text: string; readonly model: ModelRef } | undefined>;

/** A request that every model takes: the reply so far is its own turn before this one. */
const goOn = 'Your last reply broke off. Go on exactly where it stopped, without repeating any of it.';

/** The chat a window shows: a tree of turns, at most one of them being written. Tells every change as a `Delta`. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #onDelta: (delta: Delta) => void;
  readonly #saver: ChatSaver;
  readonly #writer = new ReplyWriter();
  #chat: ChatRow = newChat();
  #tree = new TurnTree();
  #queue = new MessageQueue();
  #comparison: Comparison | undefined;
  #unfinished: readonly TurnRow[] = [];
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  constructor(ports: ConversationPorts, onDelta: (delta: Delta) => void) {
    this.#ports = ports;
    this.#onDelta = onDelta;
    this.#saver = new ChatSaver(ports);
  }

  get id(): string {
    return this.#chat.id;
  }

  get title(): string {
    return this.#chat.title;
  }

  /** When it was last saved here, or had been when it was read. */
  get updatedAt(): number {
    return this.#chat.updatedAt;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** The chat's own choice of model; undefined = the role's. */
  get model(): ModelChoice | undefined {
    return readChoice(this.#chat.model);
  }

  get isEmpty(): boolean {
    return this.#tree.isEmpty;
  }

  messages(): readonly MessageView[] {
    return this.#tree.path().map((turn) => this.#view(turn));
  }

  /** What models are shown along with what was said. */
  attachments(): readonly Attachment[] {
    return attachmentsIn(this.#tree.path());
  }

  /** What waits for the end of the reply. */
  queue(): readonly QueuedView[] {
    return this.#queue.views();
  }

  /** What the user said so far, oldest first. */
  recall(): readonly string[] {
    return this.messages().flatMap((message) =>
      message.role === 'user' && message.summary === undefined
        ? message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))
        : [],
    );
  }

  /** Goes on with a kept chat; false (and nothing changed) where there is none of that id. */
  async load(id: string): Promise<boolean> {
    const stored = await this.#ports.loadChat(id);
    if (!stored) return false;
    await this.stop();
    this.#begin(stored.chat);
    this.#unfinished = stored.turns.filter(({ body }) => isUnfinished(body));
    for (const row of stored.turns) {
      const turn = readTurn(row, row.body);
      if (turn) this.#tree.add(turn);
      else this.#ports.report(`A message of the chat "${stored.chat.title}" cannot be read and is left out.`);
    }
    // Without a word about it, the newest turn is the end of the path the user last saw.
    this.#tree.show(stored.chat.head);
    return true;
  }

  /** Replies that had no end when the chat was read: another window may be writing them, if it still lives. */
  get unfinished(): readonly TurnRow[] {
    return this.#unfinished;
  }

  /** The store has another title for it. */
  retitle(title: string): void {
    this.#chat = { ...this.#chat, title };
    this.#onDelta({ type: 'title', title });
  }

  async reset(): Promise<void> {
    await this.stop();
    const { model } = this.#chat;
    this.#begin({ ...newChat(), ...(model !== undefined && { model }) });
  }

  #begin(chat: ChatRow): void {
    this.#chat = chat;
    this.#tree = new TurnTree();
    this.#queue = MessageQueue.read(chat.queue);
    this.#comparison = undefined;
    this.#unfinished = [];
    this.#saver.forget();
  }

  async chooseModel(model: ModelChoice): Promise<void> {
    this.#chat = { ...this.#chat, model: choiceText(model) };
    if (!this.isEmpty) await this.#saveChat();
  }

  /** Asks; resolves when the reply is complete, failed or stopped. While another reply is written the message waits for its end. */
  async send(text: string, attachments: readonly Attachment[] = [], prepared?: Prepared): Promise<void> {
    if (text.trim() === '') return;
    const outgoing: Outgoing = { text, attachments, ...(prepared && { prepared }) };
    if (!this.#running) return this.#run((signal) => this.#say(outgoing, signal));
    this.#queue.add(outgoing);
    await this.#queueChanged();
  }

  /** Replies side by side; undefined = there are none. */
  comparison(): CompareView | undefined {
    return this.#comparison?.view((id) => {
      const turn = this.#tree.get(id);
      return turn && this.#view(turn);
    });
  }

  /** Asks each of `models` the same at once, when no reply is being written any more. Their replies are siblings in the tree; `continueFrom` goes on with one. */
  async compare(outgoing: Outgoing, models: readonly ModelRef[]): Promise<void> {
    if (outgoing.text.trim() === '' || models.length === 0) return;
    if (!this.#running) return this.#run((signal) => this.#sayToAll(outgoing, models, signal));
    this.#queue.add({ ...outgoing, compared: models });
    await this.#queueChanged();
  }

  async #sayToAll(outgoing: Outgoing, models: readonly ModelRef[], signal: AbortSignal): Promise<false> {
    await this.#ask(outgoing);
    const path = this.#tree.path();
    const replies = models.map((model) => ({ model, turn: newReply(this.#newPlace(), model) }));
    for (const { turn } of replies) this.#tree.add(turn);
    this.#tree.show(path.at(-1)?.id, 'and no further');
    const comparison = new Comparison(
      taskKind(outgoing.text, outgoing.attachments),
      replies.map(({ model, turn }) => ({ id: turn.id, model })),
    );
    this.#comparison = comparison;
    this.#tellComparison();
    await Promise.all(
      replies.map(({ model, turn }) => {
        const stopped = comparison.signalOf(turn.id);
        return this.#write(turn, path, { only: model }, stopped ? AbortSignal.any([signal, stopped]) : signal);
      }),
    );
    // What waits is for the reply that will be chosen.
    return false;
  }

  stopCompared(messageId: string): void {
    this.#comparison?.stop(messageId);
  }

  /** Which of the replies is best; undefined = they are equally good. */
  async vote(best: string | undefined): Promise<void> {
    const { votes } = this.#ports;
    if (!this.#comparison || !votes) return;
    try {
      await this.#comparison.vote(best, votes);
    } catch (error) {
      this.#ports.report(`This vote could not be kept: ${messageOf(error)}`);
    }
    this.#tellComparison();
  }

  /** The chat goes on with this reply; the others stay beside it as branches. */
  async continueFrom(messageId: string): Promise<void> {
    if (this.#running || !this.#comparison?.has(messageId)) return;
    this.#settle(messageId);
    await this.#saveChat();
    if (this.#queue.toText() !== undefined) await this.#run(() => Promise.resolve(true));
  }

  /** Whatever else is done to the chat ends the comparison: it goes on with one reply. */
  #settle(chosen?: string): void {
    const comparison = this.#comparison;
    if (!comparison) return;
    this.#comparison = undefined;
    const id = chosen ?? comparison.preferred((id) => isDone(this.#tree.get(id)));
    this.#onDelta({ type: 'compare' });
    const turn = this.#tree.get(id);
    if (turn && this.#tree.show(id)) this.#onDelta({ type: 'message-added', message: this.#view(turn) });
  }

  #tellComparison(): void {
    const compare = this.comparison();
    if (compare) this.#onDelta({ type: 'compare', compare });
  }

  /** Takes a waiting message out of the queue, e.g. to write on it. */
  async unqueue(id: string): Promise<Outgoing | undefined> {
    const taken = this.#queue.take(id);
    if (taken) await this.#queueChanged();
    return taken;
  }

  /** Lets the model that was offered go on where the last reply broke off. What it is asked stands in the chat. */
  async continueWith(messageId: string): Promise<void> {
    const turn = this.#tree.get(messageId);
    if (this.#running || turn?.kind !== 'assistant' || turn !== this.#tree.head) return;
    const offered = turn.notices.findLast((notice) => notice.kind === 'continue-with');
    if (offered) await this.#run((signal) => this.#say({ text: goOn, attachments: [] }, signal, offered.model));
  }

  /** Says an earlier message in other words; the old one stays in the tree as a sibling, with all that followed it. */
  async edit(messageId: string, text: string, prepared?: Prepared): Promise<void> {
    const turn = this.#tree.get(messageId);
    if (this.#running || text.trim() === '' || turn?.kind !== 'user' || turn.summary) return;
    this.#settle();
    this.#cutBefore(turn);
    const outgoing: Outgoing = { text, attachments: turn.attachments ?? [], ...(prepared && { prepared }) };
    await this.#run((signal) => this.#say(outgoing, signal));
  }

  /** Asks again for the reply `messageId`, this once of `model` where given; the old one stays in the tree as a sibling. */
  async retry(messageId: string, model?: ModelChoice): Promise<void> {
    const turn = this.#tree.get(messageId);
    if (this.#running || !turn) return;
    this.#settle();
    if (turn.kind === 'assistant') this.#cutBefore(turn);
    // A question may have been left without any reply, e.g. at the end of a fork.
    else if (turn !== this.#tree.head) return;
    await this.#run((signal) => this.#reply(signal, model ?? this.model));
  }

  /** Shows the branch beside the one that goes through `messageId`. */
  async switchBranch(messageId: string, step: -1 | 1): Promise<void> {
    const turn = this.#tree.get(messageId);
    const other = turn && this.#tree.beside(turn, step);
    if (this.#running || other === undefined) return;
    this.#settle();
    this.#tree.show(other);
    const path = this.#tree.path();
    const from = path.findIndex(({ id }) => id === other);
    const messages = path.slice(from).map((shown) => this.#view(shown));
    this.#onDelta({ type: 'messages-replaced-from', messageId, messages });
    this.#onDelta({ type: 'recall', recall: this.recall() });
    await this.#saveChat(this.#chat.updatedAt);
  }

  /** Keeps a chat of its own that begins as this one up to `messageId`; answers with its id. This chat stays as it is. */
  async fork(messageId: string): Promise<string | undefined> {
    const path = this.#tree.pathTo(messageId);
    if (path.length === 0) return undefined;
    const { chat, turns } = forkChat(this.#chat, path);
    await this.#ports.saveChat(chat);
    for (const turn of turns) await this.#ports.saveTurn(turnRow(chat.id, turn));
    return chat.id;
  }

  /** What models are sent now, oldest first, and the addresses of the files whose text is in it. */
  sent(): { readonly turns: readonly Turn[]; readonly files: readonly string[] } {
    const path = this.#tree.path();
    return { turns: sentPart(path), files: filesIn(path) };
  }

  /**
   * Puts a summary in the place of all that models are sent; the turns themselves stay. `failedId`: a reply that did
   * not fit: its question stays out of the summary and is asked again behind it.
   */
  async compact(summarise: Summarise, failedId?: string): Promise<void> {
    if (this.#running) return;
    this.#settle();
    const path = this.#tree.path();
    const failed = failedId === undefined ? path.length : path.findIndex(({ id }) => id === failedId);
    const asked = failedId === undefined ? -1 : path.slice(0, failed).findLastIndex(({ kind }) => kind === 'user');
    const question = path[asked];
    const before = question ? path.slice(0, asked) : path;
    if (failed < 0 || sentPart(before).length === 0) return;
    await this.#run(async (signal) => {
      const summary = await summarise(historyOf(before), filesIn(before), signal);
      if (!summary || signal.aborted) return false;
      if (question) this.#cutBefore(question);
      await this.#addAndSave({
        kind: 'user',
        ...this.#newPlace(),
        message: { role: 'user', content: [{ type: 'text', text: summary.text }] },
        files: filesIn(before),
        summary: { messages: before.length, model: summary.model },
      });
      if (question?.kind !== 'user') return true;
      await this.#addAndSave({ ...question, ...this.#newPlace() });
      return this.#reply(signal, this.model);
    });
  }

  /** Resolves when all that has arrived of the reply is on disk: the window may be closed next. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Resolves when the reply has ended and is saved. What waits in the queue stays there until a later reply ends well. */
  async stop(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.done;
  }

  /** Busy from the first moment, so that nothing else begins while a question is still being saved. */
  async #run(work: (signal: AbortSignal) => Promise<boolean>): Promise<void> {
    const abort = new AbortController();
    this.#onDelta({ type: 'busy', busy: true });
    const done = this.#withQueue(work, abort.signal).finally(() => {
      this.#running = undefined;
      this.#onDelta({ type: 'busy', busy: false });
    });
    this.#running = { abort, done };
    await done;
  }

  /** As long as replies end well, what waits is sent. */
  async #withQueue(work: (signal: AbortSignal) => Promise<boolean>, signal: AbortSignal): Promise<void> {
    let isWell = await work(signal);
    while (isWell && !signal.aborted) {
      const next = this.#queue.take();
      if (!next) return;
      this.#onDelta({ type: 'queue', queue: this.queue() });
      const { compared } = next;
      isWell = await (compared ? this.#sayToAll(next, compared, signal) : this.#say(next, signal));
    }
  }

  /** Whether the reply to it ended well. */
  async #say(
    outgoing: Outgoing,
    signal: AbortSignal,
    model = outgoing.prepared?.model ?? this.model,
  ): Promise<boolean> {
    await this.#ask(outgoing);
    return this.#reply(signal, model);
  }

  async #ask({ text, attachments, prepared }: Outgoing): Promise<void> {
    this.#settle();
    const turn: UserTurn = {
      kind: 'user',
      ...this.#newPlace(),
      message: { role: 'user', content: [{ type: 'text', text: prepared?.text ?? text }] },
      ...(attachments.length > 0 && { attachments }),
      ...(prepared && { files: prepared.files, notes: prepared.notes }),
      ...(prepared?.text !== undefined && { typed: text }),
    };
    if (this.isEmpty) {
      this.#chat = { ...this.#chat, title: titleOf(text) };
      this.#onDelta({ type: 'title', title: this.#chat.title });
    }
    this.#add(turn);
    this.#onDelta({ type: 'recall', recall: this.recall() });
    await this.#saveChat();
    await this.#saver.turn(this.#chat.id, turn);
  }

  /** Whether the reply ended well. */
  async #reply(signal: AbortSignal, model: ModelChoice | undefined): Promise<boolean> {
    const path = this.#tree.path();
    const turn = newReply(this.#newPlace(), model);
    this.#add(turn);
    return this.#write(turn, path, model === undefined ? {} : { model }, signal);
  }

  /** Lets the reply to `path` grow to its end; answers whether it ended well. */
  async #write(
    begun: AssistantTurn,
    path: readonly Turn[],
    asked: { readonly model?: ModelChoice; readonly only?: ModelRef },
    signal: AbortSignal,
  ): Promise<boolean> {
    const chatId = this.#chat.id;
    // A reply that outlives the editor's process is where the path is to end.
    void this.#saveChat();
    const ask = { messages: historyOf(path), files: filesIn(path), chatId, ...asked };
    const turn = await this.#writer.write(
      begun,
      this.#ports.stream(ask, signal),
      (written) => this.#saver.turn(chatId, written),
      (written, event) => {
        this.#tree.replace(written);
        const delta = replyDelta(written, event, () => this.#view(written));
        if (delta) this.#onDelta(delta);
      },
    );
    await this.#saveChat();
    return turn.state === 'done';
  }

  #view(turn: Turn): MessageView {
    return messageView(turn, this.#tree.branch(turn));
  }

  #newPlace(): { id: string; createdAt: number; parentId?: string } {
    const before = this.#tree.head;
    return {
      id: crypto.randomUUID(),
      // The store gives turns back by time, and clocks are set back at times.
      createdAt: Math.max(Date.now(), before?.createdAt ?? 0),
      ...(before && { parentId: before.id }),
    };
  }

  #cutBefore(turn: Turn): void {
    this.#tree.cutBefore(turn);
    this.#onDelta({ type: 'messages-removed-from', messageId: turn.id });
  }

  #add(turn: Turn): void {
    this.#tree.add(turn);
    this.#onDelta({ type: 'message-added', message: this.#view(turn) });
  }

  async #addAndSave(turn: Turn): Promise<void> {
    this.#add(turn);
    await this.#saver.turn(this.#chat.id, turn);
  }

  async #queueChanged(): Promise<void> {
    this.#onDelta({ type: 'queue', queue: this.queue() });
    if (!this.isEmpty) await this.#saveChat(this.#chat.updatedAt);
  }

  async #saveChat(updatedAt = Date.now()): Promise<void> {
    const workspace = this.#ports.workspace();
    const head = this.#tree.head?.id;
    const queue = this.#queue.toText();
    const { head: _, queue: __, ...kept } = this.#chat;
    this.#chat = {
      ...kept,
      updatedAt,
      ...(workspace !== undefined && { workspace }),
      ...(head !== undefined && { head }),
      ...(queue !== undefined && { queue }),
    };
    await this.#saver.chat(this.#chat);
  }
}

function isDone(turn: Turn | undefined): boolean {
  return turn?.kind === 'assistant' && turn.state === 'done';
}

function newChat(): ChatRow {
  const now = Date.now();
  return { id: crypto.randomUUID(), title: 'New chat', createdAt: now, updatedAt: now };
}
