import { lineFeeds } from '../util/line-feeds.ts';
import type { DocumentChange } from './document.ts';
import { lastLineOf, typedAt } from './typed-at.ts';
import { closingBeside, isSameAfter, typedSince, type View } from './view.ts';

/** What may have been typed, and where that ends in the document. */
interface Reading {
  readonly text: string;
  readonly offset: number;
}

/** More ways to read a few keys than these do not come up. */
const mostReadings = 16;

/** What was typed since a request was made. The editor's own closing marks leave more than one way to read a key. */
export class TypedSince {
  readonly #base: View;
  readonly #agrees: (typed: string) => boolean;
  #readings: readonly Reading[];

  /** `agrees`: does this text go with what the request has brought so far? */
  constructor(base: View, agrees: (typed: string) => boolean) {
    this.#base = base;
    this.#agrees = agrees;
    this.#readings = [{ text: '', offset: base.offset }];
  }

  /** Is the cursor where the request was made, but for typed text that agrees? Then that is what was typed. */
  isAt(view: View): boolean {
    const typed = typedSince(this.#base, view);
    if (typed === undefined) return false;
    if (!isSameAfter(view.after, this.#base.after, typed, closingBeside(this.#base.after, typed))) return false;
    if (!this.#agrees(typed)) return false;
    this.#readings = [{ text: typed, offset: view.offset }];
    return true;
  }

  /** The document changed. True = it is typing that agrees; else all stays as it was. */
  changed(changes: readonly DocumentChange[]): boolean {
    const readings = this.#readings.flatMap(({ text, offset }) => {
      const before = lastLineOf(this.#base.before + text);
      const { texts, shift } = typedAt(changes, { offset, before });
      // What the model was shown before the cursor is another text now.
      if (shift !== 0) return [];
      return texts.map((more) => ({ text: text + lineFeeds(more), offset: offset + more.length }));
    });
    const agreeing = readings.filter(({ text }) => this.#agrees(text));
    if (agreeing.length === 0) return false;
    this.#readings = agreeing.slice(0, mostReadings);
    return true;
  }

  /** More of the request's text has come. */
  get stillAgrees(): boolean {
    return this.#readings.some(({ text }) => this.#agrees(text));
  }

  endsAt(offset: number): boolean {
    return this.#readings.some((reading) => reading.offset === offset);
  }
}
