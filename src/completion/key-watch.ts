import type { DocumentChange } from './document.ts';
import { isTyping } from './typed-at.ts';

/** An editor that has let so many changes pass without asking is not about to ask. */
const mostUnasked = 6;

/** Counts the changes of documents, and tells a key that the editor is about to ask after. */
export class KeyWatch {
  /** How often each document has changed. */
  readonly #changes = new Map<string, number>();
  /** How often each had when the editor last asked. */
  readonly #askedAt = new Map<string, number>();
  /** The document whose last change was a key at the cursor. */
  #keyIn: string | undefined;

  /** How often this document has changed. */
  changesOf(uri: string): number {
    return this.#changes.get(uri) ?? 0;
  }

  /** `cursor`: where it stood before, if it was in this document. */
  changed(uri: string, changes: readonly DocumentChange[], cursor: number | undefined): void {
    this.#changes.set(uri, this.changesOf(uri) + 1);
    this.#keyIn = cursor !== undefined && isTyping(changes, cursor) ? uri : undefined;
  }

  /** The editor asks for a suggestion in this document. */
  asked(uri: string): void {
    this.#askedAt.set(uri, this.changesOf(uri));
  }

  /** Was the last change a key that the editor will ask after? True once a key. */
  takeKey(uri: string): boolean {
    const isKey = this.#keyIn === uri;
    this.#keyIn = undefined;
    return isKey && this.changesOf(uri) - (this.#askedAt.get(uri) ?? Number.NEGATIVE_INFINITY) <= mostUnasked;
  }

  forget(uri: string): void {
    this.#changes.delete(uri);
    this.#askedAt.delete(uri);
  }
}
