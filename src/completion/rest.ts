import type { DocumentChange } from './document.ts';
import { type Cursor, lastLineOf, typedAt } from './typed-at.ts';

/** What is still to be typed of a suggestion, and where; in the document's own characters. */
export interface Rest extends Cursor {
  readonly rest: string;
}

/** More ways to read a few keys than these do not come up. */
export const mostRests = 16;

/** What may be left after some changes, longest typed first; none = something else was typed. */
export function restsAfter({ offset, before, rest }: Rest, changes: readonly DocumentChange[]): readonly Rest[] {
  const { texts, shift } = typedAt(changes, { offset, before });
  return texts
    .filter((text) => rest.startsWith(text))
    .map((text) => ({
      offset: offset + shift + text.length,
      before: lastLineOf(before + text),
      rest: rest.slice(text.length),
    }));
}
