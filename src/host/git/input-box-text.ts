/** Text that comes into a repository's input box bit by bit. Where the user types meanwhile, it stops and what was typed stays. */
export class InputBoxText {
  readonly before: string;
  readonly #box: { value: string };
  readonly #abort: AbortController;
  /** VS Code tells of our own changes late, so the box may hold any of them. */
  readonly #ours: Set<string>;
  #isTheirs = false;

  constructor(box: { value: string }, abort: AbortController) {
    this.before = box.value;
    this.#box = box;
    this.#abort = abort;
    this.#ours = new Set([box.value]);
  }

  show(text: string): void {
    if (text === '' || this.#isTyped() || this.#box.value === text) return;
    this.#ours.add(text);
    this.#box.value = text;
  }

  restore(): void {
    if (!this.#isTyped()) this.#box.value = this.before;
  }

  #isTyped(): boolean {
    if (this.#isTheirs || this.#ours.has(this.#box.value)) return this.#isTheirs;
    this.#isTheirs = true;
    this.#abort.abort();
    return true;
  }
}
