import type { Clock } from '../../src/completion/ports.ts';

/** Lets everything that waits for nothing but a turn go on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock that stands still until a test moves its hand. */
export class HandClock implements Clock {
  #now = 1000;
  #waiting: { readonly at: number; readonly wake: () => void }[] = [];

  readonly now = (): number => this.#now;

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ at: this.#now + ms, wake: resolve });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** Moves on, and lets happen what was waited for, in its order. */
  async move(ms: number): Promise<void> {
    const until = this.#now + ms;
    await turn();
    for (;;) {
      const due = this.#waiting.filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at)[0];
      if (!due) break;
      this.#waiting = this.#waiting.filter((each) => each !== due);
      this.#now = Math.max(this.#now, due.at);
      due.wake();
      await turn();
    }
    this.#now = until;
  }
}
