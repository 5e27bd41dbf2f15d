import type { Clock } from './ports.ts';

/** After its last user left: as long as the key that took him away may need to be told of. */
const graceMs = 40;
/** After a key that the text agrees with, told before or after the call left: as long as the editor may take to call again. */
const graceAfterKeyMs = 300;

/** Who wants a request's answer. When nobody has for a while, it is unwanted. */
export class Interest {
  readonly #clock: Clock;
  readonly #onUnwanted: () => void;
  #users = 0;
  #held = false;
  #lastKeyAt = Number.NEGATIVE_INFINITY;
  #grace = new AbortController();

  constructor(clock: Clock, onUnwanted: () => void) {
    this.#clock = clock;
    this.#onUnwanted = onUnwanted;
  }

  /** A call waits for it. */
  comes(): void {
    this.#users += 1;
    this.#grace.abort();
  }

  /** It does not any more. */
  goes(): void {
    this.#users -= 1;
    this.#maybeUnwanted();
  }

  /** A key that agrees with it: the editor is about to ask. */
  key(): void {
    this.#lastKeyAt = this.#clock.now();
    this.#maybeUnwanted();
  }

  /** Wanted although nobody waits, until `release`. */
  hold(): void {
    this.#held = true;
    this.#grace.abort();
  }

  release(): void {
    this.#held = false;
    this.#maybeUnwanted();
  }

  get isHeld(): boolean {
    return this.#held;
  }

  #maybeUnwanted(): void {
    this.#grace.abort();
    if (this.#users > 0 || this.#held) return;
    const grace = new AbortController();
    this.#grace = grace;
    const ms = this.#clock.now() - this.#lastKeyAt < graceAfterKeyMs ? graceAfterKeyMs : graceMs;
    void this.#clock.sleep(ms, grace.signal).then(() => {
      if (!grace.signal.aborted && this.#users === 0) this.#onUnwanted();
    });
  }
}
