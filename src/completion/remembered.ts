import type { ModelRef } from '../llm/model-ref.ts';
import type { RequestRecord } from './record.ts';
import { isSameAfter, placeAfter, placeBefore, type View } from './view.ts';

/** An answer and the place it was given for. Empty `text`: the model had nothing, because of `reason`. */
export interface Remembered {
  readonly id: number;
  readonly uri: string;
  readonly model: ModelRef;
  /** Of the related code the model was shown. */
  readonly contextVersion: number;
  readonly before: string;
  readonly after: string;
  readonly text: string;
  readonly replaceAfter: number;
  readonly reason: string;
  /** The request that brought it. */
  readonly request: RequestRecord;
}

/** The part of a remembered text that is still to be typed. */
export interface AtHand {
  readonly entry: Remembered;
  readonly typed: string;
  readonly rest: string;
  /** Right of the cursor nothing has changed since. */
  readonly sameAfter: boolean;
}

/** What an answer has to be for; absent = any. */
export interface Wanted {
  readonly uri: string;
  readonly model: ModelRef | undefined;
  readonly contextVersion: number | undefined;
  readonly shownId: number | undefined;
}

/** All are looked at for every key. */
const mostEntries = 500;

/** Answers by place, so that typing along one, or coming back to it, asks nobody. Bounded by bytes and in number; the unused go first. */
export class RememberedAnswers {
  readonly #maxBytes: number;
  #bytes = 0;
  #entries: Remembered[] = [];

  constructor(maxBytes = 4_000_000) {
    this.#maxBytes = maxBytes;
  }

  add(view: View, answer: Omit<Remembered, 'before' | 'after'>): void {
    const entry = { ...answer, before: view.before.slice(-placeBefore), after: view.after.slice(0, placeAfter) };
    const same = this.#entries.findIndex((other) => isSamePlace(other, entry));
    const [replaced] = same < 0 ? [] : this.#entries.splice(same, 1);
    this.#entries.push(entry);
    this.#bytes += bytesOf(entry) - (replaced ? bytesOf(replaced) : 0);
    while ((this.#bytes > this.#maxBytes && this.#entries.length > 1) || this.#entries.length > mostEntries) {
      const gone = this.#entries.shift();
      this.#bytes -= gone ? bytesOf(gone) : 0;
    }
  }

  /**
   * The newest answer that the text left of the cursor has come along, or was given for. What was asked with other
   * related code counts only for the suggestion that is on the screen.
   */
  find({ uri, model, contextVersion, shownId }: Wanted, view: View): AtHand | undefined {
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (!entry || entry.uri !== uri || (model !== undefined && entry.model !== model)) continue;
      if (contextVersion !== undefined && entry.contextVersion !== contextVersion && entry.id !== shownId) continue;
      const typed = typedOf(entry, view.before);
      if (typed === undefined || !isSameAfter(view.after, entry.after, typed, entry.replaceAfter)) continue;
      this.#entries.splice(index, 1);
      this.#entries.push(entry);
      return { entry, typed, rest: entry.text.slice(typed.length), sameAfter: view.after.startsWith(entry.after) };
    }
    return undefined;
  }

  has(uri: string): boolean {
    return this.#entries.some((entry) => entry.uri === uri);
  }

  forget(uri?: string): void {
    this.#entries = uri === undefined ? [] : this.#entries.filter((entry) => entry.uri !== uri);
    this.#bytes = this.#entries.reduce((sum, each) => sum + bytesOf(each), 0);
  }
}

/** What of the entry's text stands left of the cursor already; undefined = this is another place. */
function typedOf(entry: Remembered, before: string): string | undefined {
  if (before.endsWith(entry.before)) return '';
  const last = before.at(-1);
  for (let length = entry.text.length - 1; length > 0; length--) {
    if (entry.text[length - 1] !== last) continue;
    const typed = entry.text.slice(0, length);
    if (before.endsWith(typed) && before.endsWith(entry.before, before.length - length)) return typed;
  }
  return undefined;
}

function isSamePlace(one: Remembered, other: Remembered): boolean {
  return one.uri === other.uri && one.model === other.model && one.before === other.before && one.after === other.after;
}

function bytesOf({ before, after, text, request }: Remembered): number {
  return 2 * (before.length + after.length + text.length + request.prompt.length + request.received.length) + 400;
}
