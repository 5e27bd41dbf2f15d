import type { StreamEvent } from '../llm/stream-event.ts';
import { reduce } from './reduce.ts';
import { SaveSoon } from './save-soon.ts';
import type { AssistantTurn } from './turn.ts';

/** What has arrived of a reply is on disk this soon; no more than that is lost with a killed editor. */
const saveWithinMs = 500;

/** Lets replies grow to their end, and keeps what has come of them meanwhile. */
export class ReplyWriter {
  /** Saves a reply as it is just now, if that has not been done; one for each that is being written. */
  readonly #saving = new Set<() => Promise<void>>();

  /** Resolves with the whole reply when it has ended and is saved. `grown` is told of each event with the reply after it. */
  async write(
    begun: AssistantTurn,
    events: AsyncIterable<StreamEvent>,
    save: (turn: AssistantTurn) => Promise<void>,
    grown: (turn: AssistantTurn, event: StreamEvent) => void,
  ): Promise<AssistantTurn> {
    let turn = begun;
    let saved: AssistantTurn | undefined;
    const saveNow = async (): Promise<void> => {
      if (turn === saved) return;
      saved = turn;
      await save(turn);
    };
    const startedAt = performance.now();
    using soon = new SaveSoon(() => void saveNow(), saveWithinMs);
    this.#saving.add(saveNow);
    try {
      for await (const event of events) {
        turn = reduce(turn, event, performance.now() - startedAt);
        grown(turn, event);
        soon.changed();
      }
      await saveNow();
    } finally {
      this.#saving.delete(saveNow);
    }
    return turn;
  }

  /** Resolves when all that has arrived until now was handed to the disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.#saving].map((save) => save()));
  }
}
