import type { Attachment } from '../context/attachment.ts';
import type { Message } from '../llm/message.ts';
import { choiceText, type ModelChoice, readChoice } from '../llm/model-choice.ts';
import { isModelRef, type ModelRef, noModelRef } from '../llm/model-ref.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import type { MessageView } from '../protocol/chat-view.ts';
import type { Delta } from '../protocol/to-webview.ts';
import { messageOf } from '../util/message-of.ts';
import { filesIn, historyOf, sentPart } from './history.ts';
import { messageView } from './message-view.ts';
import { reduce } from './reduce.ts';
import { SaveSoon } from './save-soon.ts';
import { type AssistantTurn, pathTo, readTurn, type Turn, turnBody, type UserTurn } from './turn.ts';

export interface ChatRow {
  readonly id: string;
  readonly title: string;
  readonly workspace?: string;
  readonly model?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface TurnRow {
  readonly id: string;
  readonly chatId: string;
  readonly parentId?: string;
  readonly createdAt: number;
  readonly body: string;
}

/** What a conversation needs of the rest of the house. */
export interface ConversationPorts {
  readonly stream: (
    ask: {
      readonly messages: readonly Message[];
      /** Addresses of the files whose text is in them. */
      readonly files: readonly string[];
      readonly model?: ModelChoice;
      readonly chatId: string;
    },
    signal: AbortSignal,
  ) => AsyncIterable<StreamEvent>;
  readonly saveChat: (chat: ChatRow) => Promise<void>;
  readonly saveTurn: (turn: TurnRow) => Promise<void>;
  readonly loadChat: (id: string) => Promise<{ chat: ChatRow; turns: readonly TurnRow[] } | undefined>;
  /** The user should know, though the conversation goes on. */
  readonly report: (problem: string) => void;
  /** Folder or workspace the window has open. */
  readonly workspace: () => string | undefined;
}

/** What was found out about a message before it was sent. */
export interface Prepared {
  /** What is sent in place of what the user typed. */
  readonly text?: string;
  /** Addresses of the files whose text is in that. */
  readonly files: readonly string[];
  readonly notes: readonly string[];
  /** Who is to answer this once. */
  readonly model?: ModelChoice;
}

/** Puts a history in fewer words; undefined = nothing came of it, and the user has been told why. */
export type Summarise = (
  history: readonly Message[],
  files: readonly string[],
  signal: AbortSignal,
) => Promise<{ readonly text: string; readonly model: ModelRef } | undefined>;

/** What has arrived of a reply is on disk this soon; no more than that is lost with a killed editor. */
const saveWithinMs = 500;

/** A request that every model takes: the reply so far is its own turn before this one. */
const goOn = 'Your last reply broke off. Go on exactly where it stopped, without repeating any of it.';

/** The chat a window shows: a tree of turns, at most one of them being written. Tells every change as a `Delta`. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #onDelta: (delta: Delta) => void;
  #chat: ChatRow = newChat();
  #turns = new Map<string, Turn>();
  #head: string | undefined;
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  /** What the store did not take: offered again when it takes the chat. */
  readonly #unsaved = new Map<string, Turn>();
  #isSaving = true;

  constructor(ports: ConversationPorts, onDelta: (delta: Delta) => void) {
    this.#ports = ports;
    this.#onDelta = onDelta;
  }

  get id(): string {
    return this.#chat.id;
  }

  get title(): string {
    return this.#chat.title;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** The chat's own choice of model; undefined = the role's. */
  get model(): ModelChoice | undefined {
    return readChoice(this.#chat.model);
  }

  get isEmpty(): boolean {
    return this.#head === undefined;
  }

  messages(): readonly MessageView[] {
    return this.#path().map(messageView);
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
    this.#chat = stored.chat;
    this.#turns = new Map();
    this.#unsaved.clear();
    for (const row of stored.turns) {
      const turn = readTurn(row, row.body);
      if (turn) this.#turns.set(turn.id, turn);
      else this.#ports.report(`A message of the chat "${stored.chat.title}" cannot be read and is left out.`);
    }
    // The newest turn is the end of the path the user last saw.
    this.#head = [...this.#turns.keys()].at(-1);
    return true;
  }

  async reset(): Promise<void> {
    await this.stop();
    const { model } = this.#chat;
    this.#chat = { ...newChat(), ...(model !== undefined && { model }) };
    this.#turns = new Map();
    this.#unsaved.clear();
    this.#head = undefined;
  }

  async chooseModel(model: ModelChoice): Promise<void> {
    this.#chat = { ...this.#chat, model: choiceText(model) };
    if (!this.isEmpty) await this.#saveChat();
  }

  /** Asks; resolves when the reply is complete, failed or stopped. Does nothing while another reply is written. */
  async send(text: string, attachments: readonly Attachment[] = [], prepared?: Prepared): Promise<void> {
    if (this.#running || text.trim() === '') return;
    await this.#send(text, prepared?.model ?? this.model, attachments, prepared);
  }

  /** Lets the model that was offered go on where the last reply broke off. What it is asked stands in the chat. */
  async continueWith(messageId: string): Promise<void> {
    const turn = this.#turns.get(messageId);
    if (this.#running || turn?.kind !== 'assistant' || turn.id !== this.#head) return;
    const offered = turn.notices.findLast((notice) => notice.kind === 'continue-with');
    if (offered) await this.#send(goOn, offered.model);
  }

  async #send(
    text: string,
    model: ModelChoice | undefined,
    attachments: readonly Attachment[] = [],
    prepared?: Prepared,
  ): Promise<void> {
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
    await this.#run(async (signal) => {
      await this.#saveChat();
      await this.#saveTurn(turn);
      await this.#stream(signal, model);
    });
  }

  /** Asks again for the reply `messageId`; the old one stays in the tree as a sibling. */
  async retry(messageId: string): Promise<void> {
    const turn = this.#turns.get(messageId);
    if (this.#running || turn?.kind !== 'assistant') return;
    this.#head = turn.parentId;
    this.#onDelta({ type: 'messages-removed-from', messageId });
    await this.#run((signal) => this.#stream(signal, this.model));
  }

  /** What models are sent now, oldest first, and the addresses of the files whose text is in it. */
  sent(): { readonly turns: readonly Turn[]; readonly files: readonly string[] } {
    const path = this.#path();
    return { turns: sentPart(path), files: filesIn(path) };
  }

  /**
   * Puts a summary in the place of all that models are sent; the turns themselves stay. `failedId`: a reply that did
   * not fit: its question stays out of the summary and is asked again behind it.
   */
  async compact(summarise: Summarise, failedId?: string): Promise<void> {
    if (this.#running) return;
    const path = this.#path();
    const failed = failedId === undefined ? path.length : path.findIndex(({ id }) => id === failedId);
    const asked = failedId === undefined ? -1 : path.slice(0, failed).findLastIndex(({ kind }) => kind === 'user');
    const question = path[asked];
    const before = question ? path.slice(0, asked) : path;
    if (failed < 0 || sentPart(before).length === 0) return;
    await this.#run(async (signal) => {
      const summary = await summarise(historyOf(before), filesIn(before), signal);
      if (!summary || signal.aborted) return;
      if (question) {
        this.#head = question.parentId;
        this.#onDelta({ type: 'messages-removed-from', messageId: question.id });
      }
      await this.#addAndSave({
        kind: 'user',
        ...this.#newPlace(),
        message: { role: 'user', content: [{ type: 'text', text: summary.text }] },
        files: filesIn(before),
        summary: { messages: before.length, model: summary.model },
      });
      if (question?.kind === 'user') {
        await this.#addAndSave({ ...question, ...this.#newPlace() });
        await this.#stream(signal, this.model);
      }
    });
  }

  async #addAndSave(turn: Turn): Promise<void> {
    this.#add(turn);
    await this.#saveTurn(turn);
  }

  /** Resolves when the reply has ended and is saved. */
  async stop(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.done;
  }

  /** Busy from the first moment, so that nothing else begins while a question is still being saved. */
  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    this.#onDelta({ type: 'busy', busy: true });
    const done = work(abort.signal).finally(() => {
      this.#running = undefined;
      this.#onDelta({ type: 'busy', busy: false });
    });
    this.#running = { abort, done };
    await done;
  }

  async #stream(signal: AbortSignal, model: ModelChoice | undefined): Promise<void> {
    const path = this.#path();
    const messages = historyOf(path);
    let turn: AssistantTurn = {
      kind: 'assistant',
      ...this.#newPlace(),
      message: {
        role: 'assistant',
        content: [],
        model: isModelRef(model) ? model : noModelRef,
        protocol: 'openai-chat',
      },
      state: 'streaming',
      notices: [],
    };
    this.#add(turn);
    const startedAt = performance.now();
    const ask = { messages, files: filesIn(path), chatId: this.#chat.id, ...(model && { model }) };
    using save = new SaveSoon(() => void this.#saveTurn(turn), saveWithinMs);
    for await (const event of this.#ports.stream(ask, signal)) {
      turn = reduce(turn, event, performance.now() - startedAt);
      this.#turns.set(turn.id, turn);
      this.#tell(turn, event);
      save.changed();
    }
    await this.#saveTurn(turn);
    await this.#saveChat();
  }

  #tell(turn: AssistantTurn, event: StreamEvent): void {
    switch (event.type) {
      case 'text':
      case 'reasoning':
      case 'refusal':
        this.#onDelta({ type: 'text-appended', messageId: turn.id, part: event.type, text: event.text });
        return;
      case 'tool-call-arguments':
        // The whole call is told with the end of the reply.
        return;
      case 'tool-call':
      case 'notice':
      case 'end':
        this.#onDelta({ type: 'message-changed', message: messageView(turn) });
    }
  }

  #path(): readonly Turn[] {
    return pathTo(this.#turns, this.#head);
  }

  #newPlace(): { id: string; createdAt: number; parentId?: string } {
    const before = this.#head === undefined ? undefined : this.#turns.get(this.#head);
    return {
      id: crypto.randomUUID(),
      // The store gives turns back by time, and clocks are set back at times.
      createdAt: Math.max(Date.now(), before?.createdAt ?? 0),
      ...(this.#head !== undefined && { parentId: this.#head }),
    };
  }

  #add(turn: Turn): void {
    this.#turns.set(turn.id, turn);
    this.#head = turn.id;
    this.#onDelta({ type: 'message-added', message: messageView(turn) });
  }

  async #saveChat(): Promise<void> {
    const workspace = this.#ports.workspace();
    this.#chat = { ...this.#chat, updatedAt: Date.now(), ...(workspace !== undefined && { workspace }) };
    if (!(await this.#try(this.#ports.saveChat(this.#chat)))) return;
    for (const turn of [...this.#unsaved.values()]) await this.#saveTurn(turn);
  }

  async #saveTurn(turn: Turn): Promise<void> {
    this.#unsaved.set(turn.id, turn);
    const isSaved = await this.#try(
      this.#ports.saveTurn({
        id: turn.id,
        chatId: this.#chat.id,
        createdAt: turn.createdAt,
        body: turnBody(turn),
        ...(turn.parentId !== undefined && { parentId: turn.parentId }),
      }),
    );
    if (isSaved && this.#unsaved.get(turn.id) === turn) this.#unsaved.delete(turn.id);
  }

  /** A full disk must not end a conversation that is on the screen; it is told once, not with every piece of a reply. */
  async #try(saving: Promise<void>): Promise<boolean> {
    try {
      await saving;
      this.#isSaving = true;
      return true;
    } catch (error) {
      if (this.#isSaving) this.#ports.report(`This chat could not be saved: ${messageOf(error)}`);
      this.#isSaving = false;
      return false;
    }
  }
}

function newChat(): ChatRow {
  const now = Date.now();
  return { id: crypto.randomUUID(), title: 'New chat', createdAt: now, updatedAt: now };
}

function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trimEnd() ?? '';
  return line.length <= 60 ? line : `${line.slice(0, 59).trimEnd()}…`;
}
