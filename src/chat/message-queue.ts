import type { Attachment } from '../context/attachment.ts';
import type { ModelChoice } from '../llm/model-choice.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { QueuedView } from '../protocol/chat-view.ts';
import { isObject, parseJson } from '../util/json.ts';

/** What the user sends: a message with all that goes along. */
export interface Outgoing {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly prepared?: Prepared;
  /** Who is to answer it, side by side; absent = the chat's model alone. */
  readonly compared?: readonly ModelRef[];
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

interface Queued {
  readonly id: string;
  readonly outgoing: Outgoing;
}

/** Messages that wait for the end of a reply, in the order they will be sent. */
export class MessageQueue {
  #waiting: readonly Queued[] = [];

  add(outgoing: Outgoing): void {
    this.#waiting = [...this.#waiting, { id: crypto.randomUUID(), outgoing }];
  }

  /** Takes out the first, or the one of that id. */
  take(id = this.#waiting[0]?.id): Outgoing | undefined {
    const taken = this.#waiting.find((queued) => queued.id === id);
    this.#waiting = this.#waiting.filter((queued) => queued !== taken);
    return taken?.outgoing;
  }

  views(): readonly QueuedView[] {
    return this.#waiting.map(({ id, outgoing: { text, attachments, compared } }) => ({
      id,
      text,
      attachments: attachments.map(({ label }) => label),
      ...(compared && { compared }),
    }));
  }

  /** For the store; undefined where nothing waits. */
  toText(): string | undefined {
    return this.#waiting.length === 0 ? undefined : JSON.stringify(this.#waiting);
  }

  static read(text: string | undefined): MessageQueue {
    const queue = new MessageQueue();
    const stored = text === undefined ? undefined : parseJson(text);
    queue.#waiting = Array.isArray(stored) ? stored.filter(isQueued) : [];
    return queue;
  }
}

/** What the store holds, this file wrote: only what a damaged file could spoil is looked at. */
function isQueued(value: unknown): value is Queued {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    isObject(value['outgoing']) &&
    typeof value['outgoing']['text'] === 'string'
  );
}
