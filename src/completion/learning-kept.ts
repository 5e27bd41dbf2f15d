import type { DocumentChange } from './document.ts';
import { shareKept } from './learning-share.ts';
import type { SuggestionFacts } from './observation.ts';

type TextOf = (uri: string, start: number, end: number) => string | undefined;

/** An accepted text, and where in its document it or what became of it stands now. */
interface Followed {
  readonly uri: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly timer: NodeJS.Timeout;
}

const lookAfterMs = 30_000;
/** Of what a change as big as the file may leave in place of the text. */
const mostCharacters = 100_000;

/**
 * Looks once, 30 seconds after a suggestion was accepted, how much of it still stands. Edits elsewhere move it,
 * edits inside leave their mark on it; a document that was closed tells nothing.
 */
export class StillThere implements Disposable {
  readonly #textOf: TextOf;
  readonly #tell: (suggestionId: number, share: number) => void;
  readonly #followed = new Map<number, Followed>();

  constructor(textOf: TextOf, tell: (suggestionId: number, share: number) => void) {
    this.#textOf = textOf;
    this.#tell = tell;
  }

  /** Accepted in pieces, the last word of it counts; the clock runs from the first. */
  accepted({ suggestionId, uri, text, offset }: SuggestionFacts & { readonly offset: number }): void {
    if (text.trim() === '') return;
    const timer = this.#followed.get(suggestionId)?.timer ?? setTimeout(() => this.#look(suggestionId), lookAfterMs);
    this.#followed.set(suggestionId, { uri, text, start: offset, end: offset + text.length, timer });
  }

  documentChanged(uri: string, changes: readonly DocumentChange[]): void {
    for (const [id, followed] of this.#followed) {
      if (followed.uri === uri) this.#followed.set(id, changes.reduce(moved, followed));
    }
  }

  documentClosed(uri: string): void {
    for (const [id, { uri: own, timer }] of this.#followed) {
      if (own !== uri) continue;
      clearTimeout(timer);
      this.#followed.delete(id);
    }
  }

  [Symbol.dispose](): void {
    for (const { timer } of this.#followed.values()) clearTimeout(timer);
    this.#followed.clear();
  }

  #look(suggestionId: number): void {
    const followed = this.#followed.get(suggestionId);
    this.#followed.delete(suggestionId);
    if (!followed) return;
    const { uri, text, start, end } = followed;
    const now = this.#textOf(uri, start, Math.min(end, start + mostCharacters));
    if (now !== undefined) this.#tell(suggestionId, shareKept(text, now));
  }
}

/** Changes come in an order in which they can be made one after the other: the editor lists them from the end. */
function moved(followed: Followed, { offset, removedLength, insertedText }: DocumentChange): Followed {
  const removedEnd = offset + removedLength;
  const grows = insertedText.length - removedLength;
  const { start, end } = followed;
  // Nothing was left of it, and the change puts something there: perhaps it comes back.
  if (start === end && offset === start) return { ...followed, end: end + insertedText.length };
  if (offset >= end) return followed;
  if (removedEnd <= start) return { ...followed, start: start + grows, end: end + grows };
  return { ...followed, start: Math.min(start, offset), end: Math.max(end, removedEnd) + grows };
}
