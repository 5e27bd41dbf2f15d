import type { ModelRef } from '../llm/model-ref.ts';
import type { CompareView } from '../protocol/chat-view.ts';
import { messageOf } from '../util/message-of.ts';
import type { ChatRecord } from './chat-record.ts';
import { Comparison, type VoteKeeping } from './comparison.ts';
import type { Outgoing } from './message-queue.ts';
import type { Replies } from './replies.ts';
import { taskKind } from './task-kind.ts';
import { newReply, type Turn } from './turn.ts';

export interface SideBySidePorts {
  /** Absent: votes are counted nowhere. */
  readonly votes?: VoteKeeping;
  readonly report: (problem: string) => void;
}

/** Asks several models the same at once, in a chat. Their replies are siblings in its tree, and its path ends before them until it goes on with one. */
export class SideBySide {
  readonly #ports: SideBySidePorts;
  readonly #record: ChatRecord;
  readonly #replies: Replies;
  #comparison: Comparison | undefined;

  constructor(ports: SideBySidePorts, record: ChatRecord, replies: Replies) {
    this.#ports = ports;
    this.#record = record;
    this.#replies = replies;
  }

  /** Replies side by side; undefined = there are none. */
  view(): CompareView | undefined {
    return this.#comparison?.view((id) => {
      const turn = this.#record.tree.get(id);
      return turn && this.#record.view(turn);
    });
  }

  has(messageId: string): boolean {
    return this.#comparison?.has(messageId) === true;
  }

  /** Has the end of the path answered by each of `models`; resolves when all have ended. */
  async ask({ text, attachments }: Outgoing, models: readonly ModelRef[], signal: AbortSignal): Promise<void> {
    const { tree } = this.#record;
    const path = tree.path();
    const replies = models.map((model) => ({ model, turn: newReply(this.#record.newPlace(), model) }));
    for (const { turn } of replies) tree.add(turn);
    tree.show(path.at(-1)?.id, 'and no further');
    const comparison = new Comparison(
      taskKind(text, attachments),
      replies.map(({ model, turn }) => ({ id: turn.id, model })),
    );
    this.#comparison = comparison;
    this.#tell();
    await Promise.all(
      replies.map(({ model, turn }) => {
        const stopped = comparison.signalOf(turn.id);
        return this.#replies.write(turn, path, { only: model }, stopped ? AbortSignal.any([signal, stopped]) : signal);
      }),
    );
  }

  stop(messageId: string): void {
    this.#comparison?.stop(messageId);
  }

  /** Which of the replies is best; undefined = they are equally good. */
  async vote(best: string | undefined): Promise<void> {
    const { votes, report } = this.#ports;
    if (!this.#comparison || !votes) return;
    try {
      await this.#comparison.vote(best, votes);
    } catch (error) {
      report(`This vote could not be kept: ${messageOf(error)}`);
    }
    this.#tell();
  }

  /** The chat goes on with this reply, or with the one it prefers; the others stay beside it as branches. */
  settle(chosen?: string): void {
    const comparison = this.#comparison;
    if (!comparison) return;
    this.#comparison = undefined;
    const { tree, tell } = this.#record;
    const id = chosen ?? comparison.preferred((id) => isDone(tree.get(id)));
    tell({ type: 'compare' });
    const turn = tree.get(id);
    if (turn && tree.show(id)) tell({ type: 'message-added', message: this.#record.view(turn) });
  }

  /** Another chat is shown from here on. */
  forget(): void {
    this.#comparison = undefined;
  }

  #tell(): void {
    const compare = this.view();
    if (compare) this.#record.tell({ type: 'compare', compare });
  }
}

function isDone(turn: Turn | undefined): boolean {
  return turn?.kind === 'assistant' && turn.state === 'done';
}
