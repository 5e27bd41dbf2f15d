/** An abort waits for the end of the piece that is being computed. */
const pieceMs = 25;
/** Fewer in one go make a processor read much slower for every token. */
const least = 16;
const first = 32;

/** How many tokens of a prompt to evaluate in one go: as many as this machine takes a moment for. */
export class PieceSize {
  readonly #most: number;
  #msPerToken: number | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  next(): number {
    const fitting = this.#msPerToken === undefined ? first : Math.floor(pieceMs / this.#msPerToken);
    return Math.max(Math.min(least, this.#most), Math.min(this.#most, fitting));
  }

  observe(tokens: number, ms: number): void {
    const now = Math.max(ms, 0.01) / tokens;
    // One slow piece (another program wanted the processor) should not decide.
    this.#msPerToken = this.#msPerToken === undefined ? now : 0.7 * this.#msPerToken + 0.3 * now;
  }
}
