import type { Attachment } from '../context/attachment.ts';
import type { Message } from '../llm/message.ts';
import type { ModelChoice } from '../llm/model-choice.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { CompareView, MessageView, QueuedView } from '../protocol/chat-view.ts';
import type { Delta } from '../protocol/to-webview.ts';
import { ChatRecord, type ChatRecordPorts } from './chat-record.ts';
import { type ChatRow, type TurnRow, turnRow } from './chat-saver.ts';
import { forkChat } from './fork-chat.ts';
import { filesIn, historyOf, sentPart } from './history.ts';
import type { Outgoing, Prepared } from './message-queue.ts';
import { Replies, type RepliesPorts, type windowGoes } from './replies.ts';
import { SideBySide, type SideBySidePorts } from './side-by-side.ts';
import { titleOf } from './title-of.ts';
import type { Turn, UserTurn } from './turn.ts';

/** What a conversation needs of the rest of the house. */
export interface ConversationPorts extends ChatRecordPorts, RepliesPorts, SideBySidePorts {
  readonly loadChat: (id: string) => Promise<{ chat: ChatRow; turns: readonly TurnRow[] } | undefined>;
}

/** Puts a history in fewer words; undefined = nothing came of it, and the user has been told why. */
export type Summarise = (
  history: readonly Message[],
  files: readonly string[],
  signal: AbortSignal,
) => Promise<{ readonly text: string; readonly model: ModelRef } | undefined>;

/** A request that every model takes: the reply so far is its own turn before this one. */
const goOn = 'Your last reply broke off. Go on exactly where it stopped, without repeating any of it.';

/** What can be done to a chat, one thing at a time: while a reply is being written, what is sent waits in the queue. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #record: ChatRecord;
  readonly #replies: Replies;
  readonly #sideBySide: SideBySide;
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  constructor(ports: ConversationPorts, onDelta: (delta: Delta) => void) {
    this.#ports = ports;
    this.#record = new ChatRecord(ports, onDelta);
    this.#replies = new Replies(ports, this.#record);
    this.#sideBySide = new SideBySide(ports, this.#record, this.#replies);
  }

  get id(): string {
    return this.#record.row.id;
  }

  get title(): string {
    return this.#record.row.title;
  }

  /** When it was last saved here, or had been when it was read. */
  get updatedAt(): number {
    return this.#record.row.updatedAt;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** The chat's own choice of model; undefined = the role's. */
  get model(): ModelChoice | undefined {
    return this.#record.model;
  }

  get isEmpty(): boolean {
    return this.#record.tree.isEmpty;
  }

  /** Replies that had no end when the chat was read: another window may be writing them, if it still lives. */
  get unfinished(): readonly TurnRow[] {
    return this.#record.unfinished;
  }

  messages(): readonly MessageView[] {
    return this.#record.messages();
  }

  /** What models are shown along with what was said. */
  attachments(): readonly Attachment[] {
    return this.#record.attachments();
  }

  /** What waits for the end of the reply. */
  queue(): readonly QueuedView[] {
    return this.#record.queueViews();
  }

  /** What the user said so far, oldest first. */
  recall(): readonly string[] {
    return this.#record.recall();
  }

  /** Replies side by side; undefined = there are none. */
  comparison(): CompareView | undefined {
    return this.#sideBySide.view();
  }

  /** What models are sent now, oldest first, and the addresses of the files whose text is in it. */
  sent(): { readonly turns: readonly Turn[]; readonly files: readonly string[] } {
    return this.#record.sent();
  }

  /** Goes on with a kept chat; false (and nothing changed) where there is none of that id. */
  async load(id: string): Promise<boolean> {
    const stored = await this.#ports.loadChat(id);
    if (!stored) return false;
    await this.stop();
    this.#record.begin(stored.chat, stored.turns);
    this.#sideBySide.forget();
    return true;
  }

  /** The store has another title for it. */
  retitle(title: string): void {
    this.#record.retitle(title);
  }

  async reset(): Promise<void> {
    await this.stop();
    this.#record.beginAnew();
    this.#sideBySide.forget();
  }

  async chooseModel(model: ModelChoice): Promise<void> {
    await this.#record.chooseModel(model);
  }

  /** Asks; resolves when the reply is complete, failed or stopped. While another reply is written the message waits for its end. */
  async send(text: string, attachments: readonly Attachment[] = [], prepared?: Prepared): Promise<void> {
    await this.#askOrQueue({ text, attachments, ...(prepared && { prepared }) });
  }

  /** Asks each of `models` the same at once, when no reply is being written any more. `continueFrom` goes on with one of their replies. */
  async compare(outgoing: Outgoing, models: readonly ModelRef[]): Promise<void> {
    if (models.length > 0) await this.#askOrQueue({ ...outgoing, compared: models });
  }

  async #askOrQueue(outgoing: Outgoing): Promise<void> {
    if (outgoing.text.trim() === '') return;
    if (!this.#running) return this.#run((signal) => this.#say(outgoing, signal));
    this.#record.queue.add(outgoing);
    await this.#record.queueChanged();
  }

  stopCompared(messageId: string): void {
    this.#sideBySide.stop(messageId);
  }

  /** Which of the replies side by side is best; undefined = they are equally good. */
  async vote(best: string | undefined): Promise<void> {
    await this.#sideBySide.vote(best);
  }

  /** The chat goes on with this reply; the others stay beside it as branches. */
  async continueFrom(messageId: string): Promise<void> {
    if (this.#running || !this.#sideBySide.has(messageId)) return;
    this.#sideBySide.settle(messageId);
    await this.#record.save();
    if (this.#record.queue.toText() !== undefined) await this.#run(() => Promise.resolve(true));
  }

  /** Takes a waiting message out of the queue, e.g. to write on it. */
  async unqueue(id: string): Promise<Outgoing | undefined> {
    const taken = this.#record.queue.take(id);
    if (taken) await this.#record.queueChanged();
    return taken;
  }

  /** Lets the model that was offered go on where the last reply broke off. What it is asked stands in the chat. */
  async continueWith(messageId: string): Promise<void> {
    const { tree } = this.#record;
    const turn = tree.get(messageId);
    if (this.#running || turn?.kind !== 'assistant' || turn !== tree.head) return;
    const offered = turn.notices.findLast((notice) => notice.kind === 'continue-with');
    if (offered) await this.#run((signal) => this.#say({ text: goOn, attachments: [] }, signal, offered.model));
  }

  /** Says an earlier message in other words; the old one stays in the tree as a sibling, with all that followed it. */
  async edit(messageId: string, text: string, prepared?: Prepared): Promise<void> {
    const turn = this.#record.tree.get(messageId);
    if (this.#running || text.trim() === '' || turn?.kind !== 'user' || turn.summary) return;
    this.#sideBySide.settle();
    this.#record.cutBefore(turn);
    const outgoing: Outgoing = { text, attachments: turn.attachments ?? [], ...(prepared && { prepared }) };
    await this.#run((signal) => this.#say(outgoing, signal));
  }

  /** Asks again for the reply `messageId`, this once of `model` where given; the old one stays in the tree as a sibling. */
  async retry(messageId: string, model?: ModelChoice): Promise<void> {
    const { tree } = this.#record;
    const turn = tree.get(messageId);
    if (this.#running || !turn) return;
    this.#sideBySide.settle();
    if (turn.kind === 'assistant') this.#record.cutBefore(turn);
    // A question may have been left without any reply, e.g. at the end of a fork.
    else if (turn !== tree.head) return;
    await this.#run((signal) => this.#replies.toPath(signal, model ?? this.model));
  }

  /** Shows the branch beside the one that goes through `messageId`. */
  async switchBranch(messageId: string, step: -1 | 1): Promise<void> {
    const { tree, tell } = this.#record;
    const turn = tree.get(messageId);
    const other = turn && tree.beside(turn, step);
    if (this.#running || other === undefined) return;
    this.#sideBySide.settle();
    tree.show(other);
    const path = tree.path();
    const from = path.findIndex(({ id }) => id === other);
    const messages = path.slice(from).map((shown) => this.#record.view(shown));
    tell({ type: 'messages-replaced-from', messageId, messages });
    tell({ type: 'recall', recall: this.recall() });
    await this.#record.save(this.updatedAt);
  }

  /** Keeps a chat of its own that begins as this one up to `messageId`; answers with its id. This chat stays as it is. */
  async fork(messageId: string): Promise<string | undefined> {
    const path = this.#record.tree.pathTo(messageId);
    if (path.length === 0) return undefined;
    const { chat, turns } = forkChat(this.#record.row, path);
    await this.#ports.saveChat(chat);
    for (const turn of turns) await this.#ports.saveTurn(turnRow(chat.id, turn));
    return chat.id;
  }

  /**
   * Puts a summary in the place of all that models are sent; the turns themselves stay. `failedId`: a reply that did
   * not fit: its question stays out of the summary and is asked again behind it.
   */
  async compact(summarise: Summarise, failedId?: string): Promise<void> {
    if (this.#running) return;
    this.#sideBySide.settle();
    const record = this.#record;
    const path = record.tree.path();
    const failed = failedId === undefined ? path.length : path.findIndex(({ id }) => id === failedId);
    const asked = failedId === undefined ? -1 : path.slice(0, failed).findLastIndex(({ kind }) => kind === 'user');
    const question = path[asked];
    const before = question ? path.slice(0, asked) : path;
    if (failed < 0 || sentPart(before).length === 0) return;
    await this.#run(async (signal) => {
      const summary = await summarise(historyOf(before), filesIn(before), signal);
      if (!summary || signal.aborted) return false;
      if (question) record.cutBefore(question);
      await record.addAndSave({
        kind: 'user',
        ...record.newPlace(),
        message: { role: 'user', content: [{ type: 'text', text: summary.text }] },
        files: filesIn(before),
        summary: { messages: before.length, model: summary.model },
      });
      if (question?.kind !== 'user') return true;
      await record.addAndSave({ ...question, ...record.newPlace() });
      return this.#replies.toPath(signal, this.model);
    });
  }

  /** Resolves when all that has arrived of the reply is on disk: the window may be closed next. */
  flush(): Promise<void> {
    return this.#replies.flush();
  }

  /** Resolves when the reply has ended and is saved. What waits in the queue stays there until a later reply ends well. */
  async stop(because?: typeof windowGoes): Promise<void> {
    this.#running?.abort.abort(because);
    await this.#running?.done;
  }

  /** Busy from the first moment, so that nothing else begins while a question is still being saved. */
  async #run(work: (signal: AbortSignal) => Promise<boolean>): Promise<void> {
    const abort = new AbortController();
    const { tell } = this.#record;
    tell({ type: 'busy', busy: true });
    const done = this.#withQueue(work, abort.signal).finally(() => {
      this.#running = undefined;
      tell({ type: 'busy', busy: false });
    });
    this.#running = { abort, done };
    await done;
  }

  /** As long as replies end well, what waits is sent. */
  async #withQueue(work: (signal: AbortSignal) => Promise<boolean>, signal: AbortSignal): Promise<void> {
    let isWell = await work(signal);
    while (isWell && !signal.aborted) {
      const next = this.#record.queue.take();
      if (!next) return;
      this.#record.tell({ type: 'queue', queue: this.queue() });
      isWell = await this.#say(next, signal);
    }
  }

  /** Whether the reply to it ended well, and there is one. */
  async #say(
    outgoing: Outgoing,
    signal: AbortSignal,
    model = outgoing.prepared?.model ?? this.model,
  ): Promise<boolean> {
    await this.#ask(outgoing);
    if (!outgoing.compared) return this.#replies.toPath(signal, model);
    await this.#sideBySide.ask(outgoing, outgoing.compared, signal);
    // What waits is for the reply that will be chosen.
    return false;
  }

  async #ask({ text, attachments, prepared }: Outgoing): Promise<void> {
    const record = this.#record;
    this.#sideBySide.settle();
    const turn: UserTurn = {
      kind: 'user',
      ...record.newPlace(),
      message: { role: 'user', content: [{ type: 'text', text: prepared?.text ?? text }] },
      ...(attachments.length > 0 && { attachments }),
      ...(prepared && { files: prepared.files, notes: prepared.notes }),
      ...(prepared?.text !== undefined && { typed: text }),
    };
    if (this.isEmpty) record.retitle(titleOf(text));
    record.add(turn);
    record.tell({ type: 'recall', recall: this.recall() });
    await record.save();
    await record.saveTurn(turn);
  }
}
