/** What was made of a text, kept as long as the text is the same; of the texts used longest ago nothing is kept. */
export class Remembering<Made> {
  readonly #most: number;
  readonly #known = new Map<string, { readonly text: string; readonly made: Made }>();

  constructor(most: number) {
    this.#most = most;
  }

  /** `make` is called where nothing is known of this very text. */
  of(key: string, text: string, make: () => Made): Made {
    const known = this.#known.get(key);
    const entry = known?.text === text ? known : { text, made: make() };
    this.#known.delete(key);
    this.#known.set(key, entry);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#most && oldest !== undefined) this.#known.delete(oldest);
    return entry.made;
  }

  has(key: string, text: string): boolean {
    return this.#known.get(key)?.text === text;
  }

  clear(): void {
    this.#known.clear();
  }
}
