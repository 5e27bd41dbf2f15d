import type { TextSource } from '../context/current-file.ts';
import type { Model } from '../llm/model.ts';
import { isFree } from './cost-free.ts';
import type { CompletionDocument, DocumentChange, Suggestion } from './document.ts';
import type { Flight } from './flight.ts';
import type { CompletionPreferences } from './ports.ts';
import { mostRests, type Rest, restsAfter } from './rest.ts';
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
  /** What may be left of the suggestion, and where: the editor's own closing marks leave more than one way to read a key. */
  #rests: readonly Rest[];

  /** `rest`: of the suggestion, still to be typed; `flight`: asked for the place behind it. */
  constructor(flight: Flight, rest: Rest) {
    this.flight = flight;
    this.#rests = [rest];
    flight.hold();
  }

  /** Is the suggestion taken, so that its own place has come? */
  isAt(view: View): boolean {
    return this.#rests.some(({ rest }) => rest === '') && this.flight.agreesWith(view);
  }

  /** Is the suggestion taken, and the cursor somewhere else all the same? */
  isLeftAt(offset: number): boolean {
    return this.#rests.every(({ rest }) => rest === '') && this.flight.isLeftAt(offset);
  }

  /** The document changed. True = the suggestion is being typed or was taken. */
  changed(changes: readonly DocumentChange[]): boolean {
    const done = this.#rests.filter(({ rest }) => rest === '');
    const typed = this.#rests.flatMap((each) => (each.rest === '' ? [] : restsAfter(each, changes)));
    const next = [...(done.length > 0 && this.flight.changed(changes) ? done : []), ...typed];
    this.#rests = next.slice(0, mostRests);
    return next.length > 0;
  }
}
