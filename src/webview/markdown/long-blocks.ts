import type { Token, Tokens } from 'marked';

/** In letters. A block that is longer would be read and drawn anew, whole, with each piece of text that is added to it. */
export interface Limits {
  /** So much of a text is read at once. */
  readonly slice: number;
  /** A paragraph and the like. What is longer is no prose: it is shown as it stands. */
  readonly text: number;
  /** An item of a list, or a quotation. */
  readonly item: number;
  /** A list is drawn in pieces of this length. */
  readonly list: number;
  /** A table is drawn in pieces of this length, each with the head. */
  readonly table: number;
}

export const ordinaryLimits: Limits = { slice: 8000, text: 8000, item: 16_000, list: 4000, table: 8000 };

/** Text shown as it stands. */
export const plain = (raw: string): Token => ({ type: 'plain', raw, text: raw.replace(/\s+$/, '') });

/** What a piece needs of the block it was cut from: a list goes on with its number, a table has its head again. */
export type CutFrom =
  | { readonly type: 'list'; readonly number: number | undefined }
  | { readonly type: 'table'; readonly head: string };

export interface Cut {
  /** What can be settled, piece by piece. */
  readonly pieces: readonly { readonly raw: string; readonly cutFrom: CutFrom }[];
  /** From here on the block is shown as it stands. */
  readonly plainFollows: boolean;
}

/**
 * Where a block that is too long is cut; undefined for one that is not. `open`: more text may make it another block.
 * `cutFrom`: it is itself what was left of one.
 */
export function cutLongBlock(token: Token, open: boolean, limits: Limits, cutFrom?: CutFrom): Cut | undefined {
  if (token.raw.length <= Math.min(limits.text, limits.list, limits.table)) return undefined;
  const length = open ? certainLength(token.raw) : token.raw.trimEnd().length;
  switch (token.type) {
    case 'list':
      return cutList(token as Tokens.List, length, open, limits);
    case 'table':
      // Its first line was a paragraph until the second one came.
      if (cutFrom === undefined && token.raw.indexOf('\n') > limits.text) return asPlain;
      return length > limits.table ? cutTable(token.raw, limits.table, cutFrom) : undefined;
    case 'blockquote':
      return length > limits.item ? asPlain : undefined;
    case 'code':
    case 'space':
    case 'plain':
      return undefined;
    default:
      return length > limits.text ? asPlain : undefined;
  }
}

const asPlain: Cut = { pieces: [], plainFollows: true };

/** Two last lines that are short may yet become a block of their own. */
function certainLength(raw: string): number {
  const line = raw.lastIndexOf('\n', raw.length - 2);
  const two = line < 0 ? -1 : raw.lastIndexOf('\n', line - 1);
  const start = two >= 0 ? two : line;
  return start >= 0 && raw.length - start < 1000 ? start : raw.trimEnd().length;
}

function cutList(list: Tokens.List, length: number, open: boolean, limits: Limits): Cut | undefined {
  const lengths = list.items.map(({ raw }) => raw.length);
  const tooLong = (nth: number): boolean =>
    (nth === lengths.length - 1 ? (lengths[nth] ?? 0) - (list.raw.length - length) : (lengths[nth] ?? 0)) > limits.item;
  if (tooLong(0)) return asPlain;
  if (length <= limits.list) return undefined;
  const pieces: { raw: string; cutFrom: CutFrom }[] = [];
  let number = typeof list.start === 'number' ? list.start : undefined;
  let at = 0;
  let nth = 0;
  while (nth < lengths.length && length - at > limits.list && !tooLong(nth)) {
    let end = at;
    const first = nth;
    do {
      end += lengths[nth] ?? 0;
      nth++;
    } while (nth < lengths.length && end + (lengths[nth] ?? 0) - at <= limits.list);
    if (nth === lengths.length || (open && !begunForGood(list.raw.slice(end)))) break;
    if (number !== undefined) number += nth - first;
    pieces.push({ raw: list.raw.slice(at, end), cutFrom: { type: 'list', number } });
    at = end;
  }
  return pieces.length === 0 ? undefined : { pieces, plainFollows: false };
}

/** Until its first line is whole, what seems an item may become a line of the one before it. */
const begunForGood = (items: string): boolean => items.trimStart().includes('\n');

function cutTable(raw: string, limit: number, cutFrom: CutFrom | undefined): Cut | undefined {
  const ownHead = raw.slice(0, raw.indexOf('\n', raw.indexOf('\n') + 1) + 1);
  const head = cutFrom?.type === 'table' ? cutFrom.head : ownHead;
  const headEnd = cutFrom?.type === 'table' ? 0 : head.length;
  const pieces: { raw: string; cutFrom: CutFrom }[] = [];
  let at = 0;
  while (raw.length - at > limit) {
    const end = raw.lastIndexOf('\n', at + limit) + 1;
    if (end <= Math.max(at, headEnd)) break;
    pieces.push({ raw: raw.slice(at, end), cutFrom: { type: 'table', head } });
    at = end;
  }
  return pieces.length === 0 ? undefined : { pieces, plainFollows: false };
}

interface PlainPieces {
  readonly pieces: readonly Token[];
  /** A blank line has come, after which the text is Markdown again, or its end. */
  readonly ended: boolean;
  /** What follows the pieces and may become part of a longer one. */
  readonly left: string;
}

export function plainPieces(source: string, complete: boolean, { text: limit }: Limits): PlainPieces {
  const pieces: Token[] = [];
  for (let rest = source; ; ) {
    const blank = /\n[ \t]*\n/.exec(rest.slice(0, limit));
    if (blank !== null)
      return { pieces: [...pieces, plain(rest.slice(0, blank.index + blank[0].length))], ended: true, left: '' };
    if (rest.length <= limit) {
      if (!complete || rest === '') return { pieces, ended: complete && rest === '', left: rest };
      return { pieces: [...pieces, plain(rest)], ended: true, left: '' };
    }
    const end = cutPlace(rest.slice(0, limit));
    pieces.push(plain(rest.slice(0, end)));
    rest = rest.slice(end);
  }
}

function cutPlace(text: string): number {
  for (const boundary of ['\n', ' ']) {
    const at = text.lastIndexOf(boundary);
    if (at > text.length / 2) return at + 1;
  }
  // Not between the halves of a letter.
  return /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
}
