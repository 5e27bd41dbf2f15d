import type { TextSource } from '../context/current-file.ts';
import type { Model } from '../llm/model.ts';
import { isFree } from './cost-free.ts';
import type { CompletionDocument, DocumentChange, Suggestion } from './document.ts';
import type { Flight } from './flight.ts';
import type { CompletionPreferences } from './ports.ts';
import type { View } from './view.ts';

/** Somebody who goes on typing at once wants nothing prepared. */
export const aheadAfterMs = 200;

/** May a request be made that nobody has asked for? */
export function mayPrepare({ ahead }: CompletionPreferences, model: Model): boolean {
  return ahead === 'always' || (ahead === 'auto' && isFree(model));
}

/** The document as it will be when the suggestion at `offset` is taken, with the cursor behind it. */
export function asIfAccepted(
  document: CompletionDocument,
  text: TextSource,
  offset: number,
  { text: inserted, replaceBefore, replaceAfter }: Suggestion,
): { readonly document: CompletionDocument; readonly offset: number } {
  const start = offset - replaceBefore;
  const end = start + inserted.length;
  const removed = replaceBefore + replaceAfter;
  const after = {
    length: text.length + inserted.length - removed,
    text: (from: number, to: number): string =>
      text.text(Math.min(from, start), Math.min(to, start)) +
      inserted.slice(Math.max(0, from - start), Math.max(0, to - start)) +
      (to > end ? text.text(Math.max(from, end) - inserted.length + removed, to - inserted.length + removed) : ''),
  };
  const { uri, path, languageId, eol, readOnly, indentation } = document;
  return {
    document: { uri, path, languageId, eol, readOnly, ...(indentation && { indentation }), ...after },
    offset: end,
  };
}

/** The completion after the one on the screen, on its way. Ends when the text goes another way. */
export class Ahead {
  readonly flight: Flight;
  #offset: number;
  #rest: string;

  /** `rest`: of the suggestion, still to be typed at `offset`; `flight`: asked for the place behind it. */
  constructor(flight: Flight, { offset, rest }: { readonly offset: number; readonly rest: string }) {
    this.flight = flight;
    this.#offset = offset;
    this.#rest = rest;
    flight.hold();
  }

  /** Is the suggestion taken, so that its own place has come? */
  isAt(view: View): boolean {
    return this.#rest === '' && this.flight.agreesWith(view);
  }

  /** The document changed. True = the suggestion is being typed or was taken. */
  changed(changes: readonly DocumentChange[]): boolean {
    if (this.#rest === '') return this.flight.changed(changes);
    const here = changes.find(({ offset }) => offset === this.#offset);
    const text = here?.insertedText ?? '';
    const typed = [text, text.replace(/\s*[)\]}>"'`]$/, '')].find((each) => each !== '' && this.#rest.startsWith(each));
    if (typed === undefined) return false;
    this.#offset += typed.length;
    this.#rest = this.#rest.slice(typed.length);
    return true;
  }
}
