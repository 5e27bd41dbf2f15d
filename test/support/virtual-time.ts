import { setImmediate as turn } from 'node:timers/promises';
import type { Pace } from '../../src/gateway/pace.ts';

/** Time that stands still while anybody works and leaps to the next alarm when all sleep. The same on every machine. */
export class VirtualTime {
  now = 1_000_000;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  sleep(ms: number, signal?: AbortSignal): Promise<'elapsed' | 'aborted'> {
    if (signal?.aborted) return Promise.resolve('aborted');
    return new Promise((resolve) => {
      const finish = (outcome: 'elapsed' | 'aborted'): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        resolve(outcome);
      };
      const abort = (): void => finish('aborted');
      const sleeper = { at: this.now + ms, wake: () => finish('elapsed') };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  pace(random: () => number): Pace {
    return { now: () => this.now, random, sleep: (ms, signal) => this.sleep(ms, signal) };
  }

  /** Runs until `work` is done. `atWork`: how many do something that takes no virtual time. */
  async run<Result>(work: Promise<Result>, atWork: () => number): Promise<Result> {
    let isDone = false;
    const finished = work.finally(() => {
      isDone = true;
    });
    // Told by `finished`, too; here it would be nobody's.
    finished.catch(() => undefined);
    while (!isDone) {
      let quiet = 0;
      // What was woken needs a few turns until it works or sleeps again.
      while (quiet < 4 && !isDone) {
        await turn();
        quiet = atWork() === 0 ? quiet + 1 : 0;
      }
      const next = Math.min(...[...this.#sleepers].map(({ at }) => at));
      if (isDone || next === Number.POSITIVE_INFINITY) continue;
      this.now = Math.max(this.now, next);
      for (const sleeper of [...this.#sleepers]) if (sleeper.at <= next) sleeper.wake();
    }
    return finished;
  }
}
