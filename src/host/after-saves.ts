/** So long nothing is saved any more: the reply is over, or waits for its model. */
const quietMs = 2000;

/** Collects the chats that are saved, and tells of them when it has been quiet for a while. */
export class AfterSaves {
  readonly #tell: (chatIds: readonly string[]) => void;
  readonly #chats = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (chatIds: readonly string[]) => void) {
    this.#tell = tell;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  saved(chatId: string): void {
    this.#chats.add(chatId);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const chats = [...this.#chats];
      this.#chats.clear();
      this.#tell(chats);
    }, quietMs);
  }
}
