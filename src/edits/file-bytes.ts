import type { EditError, TextChange } from './edit.ts';
import { unencodable, unreadableBytes } from './edit-words.ts';

/** The editor's own knowledge of encodings, by the names it has for them. A byte order mark is left alone by both. */
export interface Codec {
  decode(bytes: Uint8Array, encoding: string): PromiseLike<string>;
  encode(text: string, encoding: string): PromiseLike<Uint8Array>;
}

/** A file's bytes as text, line by line, so that what is not touched never has to be written anew. */
export interface FileBytes {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly encoding: string;
  /** Pieces that end with a line feed each; offsets of their beginnings in the bytes and in the text. */
  readonly pieces: readonly { readonly byte: number; readonly letter: number }[];
}

const marks: readonly { readonly encoding: string; readonly mark: readonly number[] }[] = [
  { encoding: 'utf8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf16be', mark: [0xfe, 0xff] },
  { encoding: 'utf16le', mark: [0xff, 0xfe] },
];

/** A byte order mark says more than `encoding`. The mark is no part of the text. */
export async function readFileBytes(bytes: Uint8Array, encoding: string, codec: Codec): Promise<FileBytes> {
  const marked = marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  const name = marked?.encoding ?? (encoding === 'utf8bom' ? 'utf8' : encoding);
  const first = marked?.mark.length ?? 0;
  const text = await codec.decode(bytes.subarray(first), name);
  const letters = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const starts = lineStarts(bytes, first, name);
  // Each line feed is one byte or two of its own, or the text cannot be laid beside the bytes line by line.
  const isAlike = letters.length === starts.length;
  const pieces = isAlike
    ? letters.map((letter, index) => ({ letter, byte: starts[index] ?? first }))
    : [{ letter: 0, byte: first }];
  return { bytes, text, encoding: name, pieces: [...pieces, { letter: text.length, byte: bytes.length }] };
}

/** The bytes with changes of the text made; every byte outside of them is as it was, malformed ones too. */
export async function changeBytes(
  file: FileBytes,
  changes: readonly TextChange[],
  codec: Codec,
): Promise<Uint8Array | { readonly error: EditError }> {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const change of changes) {
    const start = await byteAt(file, change.start, codec);
    const end = await byteAt(file, change.end, codec);
    if (start === undefined || end === undefined) return { error: unreadableBytes(file.encoding, change.text) };
    const lost = await lostLetters(change.text, file.encoding, codec);
    if (lost !== '') return { error: unencodable(file.encoding, lost) };
    parts.push(file.bytes.subarray(at, start), await codec.encode(change.text, file.encoding));
    at = end;
  }
  parts.push(file.bytes.subarray(at));
  return joined(parts);
}

/** Letters that would be written as others; empty = none. */
export async function lostLetters(text: string, encoding: string, codec: Codec): Promise<string> {
  const written = await codec.decode(await codec.encode(text, encoding), encoding);
  if (text === written) return '';
  const kept = new Set(written);
  return [...new Set(text)].filter((letter) => !kept.has(letter)).join(' ') || text;
}

/** The changes that take the new text back to the old one. */
export function inverse(text: string, changes: readonly TextChange[]): readonly TextChange[] {
  let shift = 0;
  return changes.map(({ start, end, text: fresh }) => {
    const back = { start: start + shift, end: start + shift + fresh.length, text: text.slice(start, end) };
    shift += fresh.length - (end - start);
    return back;
  });
}

/** In none of the editor's encodings is the byte of a line feed part of another letter, but for the two of UTF-16. */
function lineStarts(bytes: Uint8Array, first: number, encoding: string): readonly number[] {
  const width = encoding.startsWith('utf16') ? 2 : 1;
  const feed = encoding === 'utf16be' ? 1 : 0;
  const starts = [first];
  for (let at = first; at + width <= bytes.length; at += width) {
    const isFeed = bytes[at + feed] === 0x0a && (width === 1 || bytes[at + 1 - feed] === 0);
    if (isFeed) starts.push(at + width);
  }
  return starts;
}

/** Where a letter begins in the bytes; undefined where the bytes around it in its line are not what they read as. */
async function byteAt(file: FileBytes, offset: number, codec: Codec): Promise<number | undefined> {
  let low = 0;
  let high = file.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((file.pieces[middle]?.letter ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = file.pieces[low];
  const next = file.pieces[low + 1];
  if (piece === undefined || offset === piece.letter || next === undefined) return piece?.byte;
  const before = await codec.encode(file.text.slice(piece.letter, offset), file.encoding);
  if (stands(before, file.bytes, piece.byte)) return piece.byte + before.length;
  const behind = await codec.encode(file.text.slice(offset, next.letter), file.encoding);
  const from = next.byte - behind.length;
  return stands(behind, file.bytes, from) ? from : undefined;
}

function stands(part: Uint8Array, bytes: Uint8Array, at: number): boolean {
  return at >= 0 && part.every((byte, index) => bytes[at + index] === byte);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
