/**
 * Writes rows, one write an id at a time and always the newest of its id: an older one that had to wait for the disk or
 * another window never comes after it. What could not be written is held.
 */
export class NewestRows<T extends { readonly id: string }> {
  readonly #write: (row: T) => Promise<void>;
  readonly #held = new Map<string, T>();
  readonly #writing = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();

  constructor(write: (row: T) => Promise<void>) {
    this.#write = write;
  }

  /** Ids of rows that are not written yet. */
  get held(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Resolves when this row, or a newer one of its id, is written. */
  keep(row: T): Promise<void> {
    this.#held.set(row.id, row);
    return this.writeHeld(row.id);
  }

  /** Of this id no row is to be written any more. */
  giveUp(id: string): void {
    this.#held.delete(id);
  }

  /** Writes what is held of this id, where anything is. */
  writeHeld(id: string): Promise<void> {
    const before = this.#writing.get(id);
    if (!before) return this.#begin(id);
    const next = this.#next.get(id) ?? this.#after(before, id);
    this.#next.set(id, next);
    return next;
  }

  async #after(before: Promise<void>, id: string): Promise<void> {
    // Why that failed is told to those who asked for it.
    await before.catch(() => undefined);
    this.#next.delete(id);
    await this.#begin(id);
  }

  #begin(id: string): Promise<void> {
    const writing = this.#writeNow(id).finally(() => this.#writing.delete(id));
    this.#writing.set(id, writing);
    return writing;
  }

  async #writeNow(id: string): Promise<void> {
    const row = this.#held.get(id);
    if (!row) return;
    await this.#write(row);
    if (this.#held.get(id) === row) this.#held.delete(id);
  }
}
