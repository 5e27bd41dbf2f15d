import { Tokenizer } from 'marked';

/**
 * Quotations and lists deeper in each other than anyone means are text: every level is read again for each one above it, and
 * in a side bar no width would be left for the words.
 */
const deepest = 12;

/** For one text; it counts how deep the reading is. */
export class ShallowTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string) {
    return this.#within(() => super.blockquote(source));
  }

  override list(source: string) {
    return this.#within(() => super.list(source));
  }

  #within<Found>(read: () => Found): Found | undefined {
    if (this.#depth >= deepest) return undefined;
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}
