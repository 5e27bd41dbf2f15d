import type { Message } from '../llm/message.ts';
import type { ModelChoice } from '../llm/model-choice.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import type { ChatRecord } from './chat-record.ts';
import { filesIn, historyOf } from './history.ts';
import { replyDelta } from './reply-delta.ts';
import { ReplyWriter } from './reply-writer.ts';
import { type AssistantTurn, newReply, type Turn } from './turn.ts';

export interface RepliesPorts {
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
}

/** Why a reply is stopped that nobody wanted to be: it is kept as one without an end. */
export const windowGoes = new DOMException('The window is being closed', 'AbortError');

/** Has models answer in a chat: each reply grows in the chat's tree, is told as it grows, and is kept. */
export class Replies {
  readonly #ports: RepliesPorts;
  readonly #record: ChatRecord;
  readonly #writer = new ReplyWriter();

  constructor(ports: RepliesPorts, record: ChatRecord) {
    this.#ports = ports;
    this.#record = record;
  }

  /** Has the path answered; its end is the reply from here on. Answers whether that ended well. */
  async toPath(signal: AbortSignal, model: ModelChoice | undefined): Promise<boolean> {
    const path = this.#record.tree.path();
    const turn = newReply(this.#record.newPlace(), model);
    this.#record.add(turn);
    return this.write(turn, path, model === undefined ? {} : { model }, signal);
  }

  /** Lets the reply to `path` grow to its end; answers whether it ended well. */
  async write(
    begun: AssistantTurn,
    path: readonly Turn[],
    asked: { readonly model?: ModelChoice; readonly only?: ModelRef },
    signal: AbortSignal,
  ): Promise<boolean> {
    const record = this.#record;
    // A reply that outlives the editor's process is where the path is to end.
    void record.save();
    const ask = { messages: historyOf(path), files: filesIn(path), chatId: record.row.id, ...asked };
    const turn = await this.#writer.write(
      begun,
      this.#ports.stream(ask, signal),
      (written) => {
        const isLeft = written.state === 'stopped' && signal.reason === windowGoes;
        return record.saveTurn(isLeft ? { ...written, unfinished: true } : written);
      },
      (written, event) => {
        record.tree.replace(written);
        const delta = replyDelta(written, event, () => record.view(written));
        if (delta) record.tell(delta);
      },
    );
    await record.save();
    return turn.state === 'done';
  }

  /** Resolves when all that has arrived of replies is on disk. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }
}
