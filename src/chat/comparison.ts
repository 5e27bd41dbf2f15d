import type { ModelRef } from '../llm/model-ref.ts';
import type { Vote, VoteSum } from '../llm/vote.ts';
import type { CompareView, MessageView } from '../protocol/chat-view.ts';
import { type TaskKind, taskKindName } from './task-kind.ts';

/** Where votes are kept. */
export interface VoteKeeping {
  add(vote: Vote): Promise<void>;
  sums(): Promise<readonly VoteSum[]>;
}

interface Column {
  readonly id: string;
  readonly model: ModelRef;
  readonly abort: AbortController;
}

/** Replies of several models to one message, side by side, until the chat goes on with one of them. */
export class Comparison {
  readonly #id = crypto.randomUUID();
  readonly #kind: TaskKind;
  readonly #columns: readonly Column[];
  #vote: { readonly best?: string } | undefined;
  #sums: readonly VoteSum[] = [];

  /** `columns`: the replies, each with who was asked for it. */
  constructor(kind: TaskKind, columns: readonly { readonly id: string; readonly model: ModelRef }[]) {
    this.#kind = kind;
    this.#columns = columns.map(({ id, model }) => ({ id, model, abort: new AbortController() }));
  }

  has(id: string): boolean {
    return this.#columns.some((column) => column.id === id);
  }

  signalOf(id: string): AbortSignal | undefined {
    return this.#columns.find((column) => column.id === id)?.abort.signal;
  }

  stop(id: string): void {
    this.#columns.find((column) => column.id === id)?.abort.abort();
  }

  /** The reply the chat goes on with where nobody says: the best, else the first that is whole, else the first. */
  preferred(isDone: (id: string) => boolean): string | undefined {
    const ids = this.#columns.map(({ id }) => id);
    return this.#vote?.best ?? ids.find(isDone) ?? ids[0];
  }

  /** `best`: the id of a reply; undefined = all are equally good. */
  async vote(best: string | undefined, keeping: VoteKeeping): Promise<void> {
    const won = this.#columns.find(({ id }) => id === best);
    if (best !== undefined && !won) return;
    this.#vote = won ? { best: won.id } : {};
    await keeping.add({
      comparison: this.#id,
      at: Date.now(),
      kind: this.#kind,
      models: this.#columns.map(({ model }) => model),
      ...(won && { best: won.model }),
    });
    await this.readSums(keeping);
  }

  async readSums(keeping: VoteKeeping): Promise<void> {
    this.#sums = await keeping.sums();
  }

  view(column: (id: string) => MessageView | undefined): CompareView {
    const board = this.#sums.filter(({ kind }) => kind === this.#kind).map(({ kind: _, ...sum }) => sum);
    return {
      columns: this.#columns.flatMap(({ id, model }) => {
        const message = column(id);
        // Before it has said a word it is known who is asked.
        return message ? [{ ...message, model: message.model ?? model }] : [];
      }),
      kind: taskKindName(this.#kind),
      board: board.toSorted((one, other) => share(other) - share(one)),
      ...(this.#vote && { vote: this.#vote }),
    };
  }
}

function share({ won, tied, lost }: { readonly won: number; readonly tied: number; readonly lost: number }): number {
  return (won + tied / 2) / (won + tied + lost);
}
