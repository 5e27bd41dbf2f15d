import type { DocumentChange } from './document.ts';

/** A cursor as it was before some changes. */
export interface Cursor {
  readonly offset: number;
  /** What stands left of it, as far as it is known; at most its line. */
  readonly before: string;
}

/** What changes have done to a cursor's place. */
export interface Typed {
  /** What may have been typed there, longest first; '' = nothing. None = something else happened. */
  readonly texts: readonly string[];
  /** How far edits before the place have moved it. */
  readonly shift: number;
}

/** What the editor may have put behind the cursor by itself: closing marks, and the line of one of them. */
const behindCursor = /[\s)\]}>"'`]*$/;

/** How that begins. */
const byItself = /^(?:\r?\n|[ \t]*[)\]}>"'`])/;

/** Reads changes as typing at a cursor: keys, pasted and accepted text, a word that is completed, brackets the editor closes or lets one write over. */
export function typedAt(changes: readonly DocumentChange[], { offset, before }: Cursor): Typed {
  let shift = 0;
  let here: DocumentChange | undefined;
  for (const change of changes) {
    const end = change.offset + change.removedLength;
    if (end < offset) shift += change.insertedText.length - change.removedLength;
    else if (change.offset <= offset && here) return { texts: [], shift };
    else if (change.offset <= offset) here = change;
  }
  if (!here) return { texts: [''], shift };
  const left = offset - here.offset;
  const kept = before.slice(before.length - left);
  const isMore = here.insertedText.length >= here.removedLength;
  if (left > before.length || !isMore || !here.insertedText.startsWith(kept)) return { texts: [], shift };
  const text = here.insertedText.slice(left);
  if (text === '') return { texts: here.removedLength === left ? [''] : [], shift };
  const texts: string[] = [];
  for (let length = text.length; length >= Math.max(1, text.search(behindCursor)); length--) {
    const isSplit = text[length - 1] === '\r' && text[length] === '\n';
    if (length === text.length || (!isSplit && byItself.test(text.slice(length)))) texts.push(text.slice(0, length));
  }
  return { texts, shift };
}

/** Did one change put text in at the cursor, as a key does? */
export function isTyping(changes: readonly DocumentChange[], offset: number): boolean {
  const [change, ...others] = changes;
  if (!change || others.length > 0) return false;
  const end = change.offset + change.removedLength;
  return change.offset <= offset && offset <= end && change.insertedText.length > change.removedLength;
}

/** The end of a text that is on one line. */
export function lastLineOf(text: string): string {
  const start = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'), text.lastIndexOf('\0')) + 1;
  return text.slice(start);
}
