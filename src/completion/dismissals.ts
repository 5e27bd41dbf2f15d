import * as l10n from '@vscode/l10n';

/** Escapes without an acceptance between them, until it is quiet. */
const enough = 3;
/** Escapes further apart are no row. */
const rowMs = 180_000;
const firstMs = 30_000;
const mostMs = 480_000;

/** Who presses Escape again and again wants quiet: automatic suggestions pause, longer each time, until one is taken again. */
export class Dismissals {
  #row = 0;
  #pauses = 0;
  #lastAt = Number.NEGATIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;

  /** A shown suggestion was sent away. True = automatic suggestions pause from now on. `now`: a clock that never goes back. */
  escaped(now: number): boolean {
    if (now - this.#lastAt > rowMs + this.#pauseMs) {
      this.#row = 0;
      this.#pauses = 0;
    }
    this.#lastAt = now;
    this.#row += 1;
    if (this.#row < enough) return false;
    this.#row = 0;
    this.#pauses += 1;
    this.#until = now + this.#pauseMs;
    return true;
  }

  /** A suggestion was accepted, or typed to its end by hand: they are welcome. */
  welcome(): void {
    this.#row = 0;
    this.#pauses = 0;
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** Why no automatic suggestion comes just now; undefined = go on. */
  reason(now: number): string | undefined {
    if (now >= this.#until) return undefined;
    const seconds = Math.ceil((this.#until - now) / 1000);
    return l10n.t(
      'You sent {0} suggestions in a row away with Escape, so none comes by itself for {1} s; asking for one by hand still works.',
      enough,
      seconds,
    );
  }

  get #pauseMs(): number {
    return this.#pauses === 0 ? 0 : Math.min(mostMs, firstMs * 2 ** (this.#pauses - 1));
  }
}
