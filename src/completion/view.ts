import { lineFeeds } from '../util/line-feeds.ts';
import type { CompletionDocument } from './document.ts';

/** What is left and right of the cursor, enough to know the place again. Line ends are `\n`; `\0` marks the file's ends. */
export interface View {
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

const beforeCharacters = 6000;
const afterCharacters = 600;

/** How much of a view says where it is. */
export const placeBefore = 1000;
export const placeAfter = 300;

/** Reads a few thousand characters, however long the document is. */
export function viewAt(document: CompletionDocument, offset: number): View {
  const start = Math.max(0, offset - beforeCharacters);
  const end = Math.min(document.length, offset + afterCharacters);
  const before = lineFeeds(document.text(start, offset));
  const after = lineFeeds(document.text(offset, end));
  return {
    offset,
    before: start === 0 ? `\0${before}` : before,
    after: end === document.length ? `${after}\0` : after,
  };
}

/**
 * Is what stands right of the cursor what stood there before `typed` was typed?
 * Brackets and quotes that the editor closed by itself may have come, written-over ones may have gone.
 */
export function isSameAfter(now: string, then: string, typed: string, writtenOver: number): boolean {
  const place = then.slice(0, placeAfter);
  const closed = /^[)\]}>"'`\s]*/.exec(now)?.[0].length ?? 0;
  for (let gone = 0; gone <= writtenOver; gone++) {
    const left = place.slice(gone);
    if (now.startsWith(left)) return true;
    for (let added = 1; added <= Math.min(closed, mostAdded); added++) {
      if (now.startsWith(left, added) && closesTyped(now.slice(0, added), typed)) return true;
    }
  }
  return false;
}

/** How many of the closing marks right of a cursor `typed` may have been written over. */
export function closingBeside(after: string, typed: string): number {
  let count = 0;
  while (/[)\]}>"'`]/.test(after.charAt(count)) && typed.includes(after.charAt(count))) count += 1;
  return count;
}

/** Characters an editor puts behind a cursor: a bracket on a line of its own, with its indentation. */
const mostAdded = 200;

const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' };

function closesTyped(added: string, typed: string): boolean {
  for (const character of added.replace(/\s/g, '')) {
    if (!typed.includes(openers[character] ?? character)) return false;
  }
  return true;
}

/** The text typed between two views of one place; undefined = it is not the same place. */
export function typedSince(base: View, now: View): string | undefined {
  const place = base.before.slice(-placeBefore);
  // A line end may be two characters in the file and is one here, so what was typed is at most that long.
  for (let length = Math.min(now.offset - base.offset, 1000); length >= 0; length--) {
    if (now.before.endsWith(place, now.before.length - length)) return length === 0 ? '' : now.before.slice(-length);
  }
  return undefined;
}
