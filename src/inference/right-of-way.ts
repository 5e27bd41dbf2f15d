/** However long others go first, a conversation gets on a little. */
const longestWaitMs = 1000;

/** Lets conversations wait between two tokens while a completion, which has to be there before the next key, is computed. */
export class RightOfWay {
  #urgent = 0;
  #clear: PromiseWithResolvers<void> | undefined;

  async urgently<T>(work: () => Promise<T>): Promise<T> {
    this.#urgent++;
    this.#clear ??= Promise.withResolvers<void>();
    try {
      return await work();
    } finally {
      if (--this.#urgent === 0) {
        this.#clear?.resolve();
        this.#clear = undefined;
      }
    }
  }

  /** Resolves when nothing urgent is computed, after a while, or when the signal is aborted. */
  async wait(signal: AbortSignal): Promise<void> {
    if (!this.#clear || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, longestWaitMs);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await Promise.race([this.#clear.promise, promise]);
    clearTimeout(timer);
  }
}

type Steps<T, Given> = AsyncGenerator<T, void, Given>;

/** The same steps, each begun only when `wait` says so. */
export async function* waitingSteps<T, Given>(
  steps: Steps<T, Given>,
  wait: () => Promise<void>,
): AsyncGenerator<T, void, Given> {
  try {
    await wait();
    for (let step = await steps.next(); !step.done; ) {
      const given = yield step.value;
      await wait();
      step = await steps.next(given);
    }
  } finally {
    await steps.return();
  }
}
