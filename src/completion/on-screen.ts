import type { DocumentChange, Suggestion } from './document.ts';
import type { Observation, SuggestionFacts } from './observation.ts';
import type { Source } from './record.ts';
import { mostRests, type Rest, restsAfter } from './rest.ts';

interface Current extends SuggestionFacts, Rest {
  /** Other ways to read the last keys: the cursor tells which one is true. */
  readonly otherwise: readonly Rest[];
  /** What was taken of it in pieces: by word, by line. */
  readonly taken: string;
  readonly byHand: boolean;
  /** The one that `rest` ends with, and that is on the screen alone once this one is typed. */
  readonly followedBy?: Pick<SuggestionFacts, 'suggestionId' | 'model' | 'text'>;
  /** The one it has followed: the editor may still know it by that one's id. */
  readonly after?: number;
}

export interface Shown {
  readonly suggestion: Suggestion;
  readonly uri: string;
  readonly languageId: string;
  readonly offset: number;
  /** What stands left of the cursor on its line. */
  readonly before: string;
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

  /** What is still to be typed of a suggestion, and where; undefined = it is not on the screen, or not alone. */
  remaining(suggestionId: number): Rest | undefined {
    const current = this.#current;
    return current?.suggestionId === suggestionId && !current.followedBy ? current : undefined;
  }

  show({ suggestion, uri, languageId, offset, before, source, latencyMs }: Shown): void {
    this.#settle();
    if (this.#current?.followedBy?.suggestionId === suggestion.id) this.#goOn(this.#current);
    const known = this.#current?.suggestionId === suggestion.id ? this.#current : undefined;
    if (!known) this.#end('moved-away');
    const { id, model, text, replaceBefore, followedBy } = suggestion;
    const rest = text.slice(replaceBefore);
    const own = rest.slice(0, rest.length - (followedBy?.text.length ?? 0));
    const facts = {
      suggestionId: id,
      uri,
      languageId,
      model,
      text: known && known.text.length > own.length ? known.text : own,
    };
    const { taken, byHand, after } = known ?? { taken: '', byHand: true };
    this.#current = {
      ...{ ...facts, offset, before, rest, otherwise: [], taken, byHand },
      ...(followedBy && {
        followedBy: { suggestionId: followedBy.id, model: followedBy.model, text: followedBy.text },
      }),
      ...(after !== undefined && { after }),
    };
    if (!known) this.#observe({ ...facts, kind: 'shown', source, latencyMs });
  }

  /** True = the text goes on as suggested. */
  changed(uri: string, changes: readonly DocumentChange[]): boolean {
    if (this.#current?.uri !== uri) return true;
    this.#settle();
    const current = this.#current;
    const rests = [current, ...current.otherwise].flatMap((each) => restsAfter(each, changes));
    const [next, ...otherwise] = rests.slice(0, mostRests);
    if (!next) {
      this.#end('typed-other');
      return false;
    }
    const shortest = rests.at(-1) ?? next;
    const longest = current.rest.slice(0, Math.max(0, current.rest.length - next.rest.length));
    const isKey = current.rest.slice(0, Math.max(0, current.rest.length - shortest.rest.length)).trim().length <= 1;
    this.#follow({
      ...current,
      ...next,
      otherwise,
      taken: isKey ? current.taken : current.taken + longest,
      byHand: current.byHand && isKey,
    });
    return true;
  }

  /** The editor put it into the file, the one at the returned address. */
  accepted(suggestionId: number): string | undefined {
    const taken = this.#complete ?? this.#current;
    if (!taken || (taken.suggestionId !== suggestionId && taken.after !== suggestionId)) return undefined;
    this.#complete = undefined;
    this.#current = undefined;
    this.#taken(taken, 'accepted');
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
    const { otherwise, ...current } = this.#current;
    const here = current.uri === uri ? [current, ...otherwise].find((each) => each.offset === offset) : undefined;
    if (here) {
      this.#current = { ...current, ...here, otherwise: [] };
      this.#settle();
      return true;
    }
    this.#settle();
    this.#end('moved-away');
    return false;
  }

  closed(uri: string): void {
    this.#settle();
    if (this.#current?.uri === uri) this.#end('moved-away');
  }

  #follow(next: Current): void {
    this.#current = next.rest === '' ? undefined : next;
    if (next.rest === '') this.#complete = next;
  }

  /** Nothing came to say that the editor did it. */
  #settle(): void {
    const done = this.#complete;
    this.#complete = undefined;
    if (done) this.#taken(done, done.byHand ? 'typed-through' : 'accepted');
    const current = this.#current;
    const isTyped = current?.followedBy && current.rest.length <= current.followedBy.text.length;
    if (current && isTyped && current.otherwise.length === 0) this.#goOn(current);
  }

  /** It stands in the file, and of what follows it perhaps a part: that is the one on the screen from now on. */
  #goOn(current: Current): void {
    const { followedBy, byHand, suggestionId, ...place } = current;
    if (!followedBy) return;
    const { rest, offset } = current;
    const begun = followedBy.text.slice(0, Math.max(0, followedBy.text.length - rest.length));
    this.#taken(
      { ...current, offset: offset - begun.length, rest: followedBy.text },
      byHand ? 'typed-through' : 'accepted',
      'alone',
    );
    this.#current = { ...place, ...followedBy, after: suggestionId, taken: byHand ? '' : begun, byHand };
    this.#observe({ ...factsOf(this.#current), kind: 'shown', source: 'cache', latencyMs: 0 });
  }

  /** All of it stands in the file up to its `rest`, with what follows it, or alone. */
  #taken(current: Current, how: 'typed-through' | 'accepted', alone?: 'alone'): void {
    const { followedBy, rest, offset } = current;
    const behind = followedBy ? Math.max(0, followedBy.text.length - rest.length) : 0;
    const left = followedBy ? Math.max(0, rest.length - followedBy.text.length) : rest.length;
    const start = offset - behind - (current.text.length - left);
    const tell = (facts: SuggestionFacts, at: number): void =>
      this.#observe(how === 'accepted' ? { ...facts, kind: how, offset: at } : { ...facts, kind: how });
    tell(factsOf(current), start);
    if (!followedBy || alone) return;
    const next = factsOf({ ...current, ...followedBy });
    this.#observe({ ...next, kind: 'shown', source: 'cache', latencyMs: 0 });
    tell(next, start + current.text.length);
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
