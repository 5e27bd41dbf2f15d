import type { DocumentChange, Suggestion } from './document.ts';
import type { Observation, SuggestionFacts } from './observation.ts';
import type { Source } from './record.ts';

interface Current extends SuggestionFacts {
  /** Where the rest is to be typed, in the document's own characters. */
  readonly offset: number;
  readonly rest: string;
  /** What was taken of it in pieces: by word, by line. */
  readonly taken: string;
  readonly byHand: boolean;
}

export interface Shown {
  readonly suggestion: Suggestion;
  readonly uri: string;
  readonly languageId: string;
  readonly offset: number;
  readonly source: Source;
  readonly latencyMs: number;
}

/** The one suggestion on the screen, and what becomes of it. Everything shown is told of once, and its end once. */
export class OnScreen {
  readonly #observe: (observation: Observation) => void;
  #current: Current | undefined;
  /** All of it stands in the file; whether by hand or by acceptance, the next event tells. */
  #complete: Current | undefined;

  constructor(observe: (observation: Observation) => void) {
    this.#observe = observe;
  }

  get suggestionId(): number | undefined {
    return this.#current?.suggestionId;
  }

  /** What is still to be typed of a suggestion, and where; undefined = it is not on the screen. */
  remaining(suggestionId: number): { readonly offset: number; readonly rest: string } | undefined {
    return this.#current?.suggestionId === suggestionId ? this.#current : undefined;
  }

  show({ suggestion, uri, languageId, offset, source, latencyMs }: Shown): void {
    this.#settle();
    const known = this.#current?.suggestionId === suggestion.id ? this.#current : undefined;
    if (!known) this.#end('moved-away');
    const { id, model, text, replaceBefore } = suggestion;
    const rest = text.slice(replaceBefore);
    const facts = {
      suggestionId: id,
      uri,
      languageId,
      model,
      text: known && known.text.length > rest.length ? known.text : rest,
    };
    this.#current = { ...facts, offset, rest, taken: known?.taken ?? '', byHand: known?.byHand ?? true };
    if (!known) this.#observe({ ...facts, kind: 'shown', source, latencyMs });
  }

  /** True = the text goes on as suggested. */
  changed(uri: string, changes: readonly DocumentChange[]): boolean {
    const current = this.#current;
    if (!current || current.uri !== uri) return true;
    this.#settle();
    const inserted = insertedAt(current, changes);
    if (inserted === undefined) {
      this.#end('typed-other');
      return false;
    }
    const rest = current.rest.slice(inserted.length);
    const next: Current = {
      ...current,
      offset: current.offset + inserted.length,
      rest,
      taken: inserted.length > 1 ? current.taken + inserted : current.taken,
      byHand: current.byHand && inserted.length <= 1,
    };
    this.#current = rest === '' ? undefined : next;
    if (rest === '') this.#complete = next;
    return true;
  }

  /** The editor put it into the file, the one at the returned address. */
  accepted(suggestionId: number): string | undefined {
    const taken = this.#complete ?? this.#current;
    if (taken?.suggestionId !== suggestionId) return undefined;
    this.#complete = undefined;
    this.#current = undefined;
    const start = taken.offset - (taken.text.length - taken.rest.length);
    this.#observe({ ...factsOf(taken), kind: 'accepted', offset: start });
    return taken.uri;
  }

  /** The user sent it away. False = there was none. */
  escaped(): boolean {
    this.#settle();
    const any = this.#current !== undefined;
    this.#end('escape');
    return any;
  }

  /** The cursor is at `offset` now. True = that is where the suggestion is. */
  cursorAt(uri: string, offset: number): boolean {
    if (!this.#current) return true;
    if (this.#current.uri === uri && this.#current.offset === offset) return true;
    this.#settle();
    this.#end('moved-away');
    return false;
  }

  closed(uri: string): void {
    this.#settle();
    if (this.#current?.uri === uri) this.#end('moved-away');
  }

  /** Nothing came to say that the editor did it. */
  #settle(): void {
    const done = this.#complete;
    this.#complete = undefined;
    if (!done) return;
    if (done.byHand) this.#observe({ ...factsOf(done), kind: 'typed-through' });
    else this.#observe({ ...factsOf(done), kind: 'accepted', offset: done.offset - done.text.length });
  }

  #end(how: 'escape' | 'typed-other' | 'moved-away'): void {
    const gone = this.#current;
    this.#current = undefined;
    if (!gone) return;
    if (gone.taken.trim() === '') this.#observe({ ...factsOf(gone), kind: 'dismissed', how });
    else
      this.#observe({ ...factsOf(gone), text: gone.taken, kind: 'accepted', offset: gone.offset - gone.taken.length });
  }
}

const factsOf = ({ suggestionId, uri, languageId, model, text }: Current): SuggestionFacts => ({
  suggestionId,
  uri,
  languageId,
  model,
  text,
});

/** What was typed of the rest; undefined = something else happened. */
function insertedAt({ offset, rest }: Current, changes: readonly DocumentChange[]): string | undefined {
  const here = changes.find((change) => change.offset === offset);
  if (!here || changes.some((change) => change.removedLength > change.insertedText.length)) return undefined;
  const { insertedText: text } = here;
  // The editor may have closed a bracket or a quote behind the cursor.
  return [text, text.replace(/\s*[)\]}>"'`]$/, '')].find((typed) => typed !== '' && rest.startsWith(typed));
}
