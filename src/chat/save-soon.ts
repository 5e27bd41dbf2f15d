/**
 * Calls `save` within `afterMs` of the first change it has not seen, and not more often:
 * a stream of changes is saved at that pace, and a pause after the last one loses nothing.
 */
export class SaveSoon implements Disposable {
  readonly #save: () => void;
  readonly #afterMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(save: () => void, afterMs: number) {
    this.#save = save;
    this.#afterMs = afterMs;
  }

  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#save();
    }, this.#afterMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
