import iconv from 'iconv-lite';
import type { EditError, TextChange } from './edit.ts';
import { unencodable, unreadableBytes } from './edit-words.ts';

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

/** `encoding`: a name VS Code has for it; a byte order mark says more than that. The mark is no part of the text. */
export function readFileBytes(bytes: Uint8Array, encoding = 'utf8'): FileBytes {
  const marked = marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  const name = marked?.encoding ?? (encoding === 'utf8bom' ? 'utf8' : encoding);
  const first = marked?.mark.length ?? 0;
  const pieces: { byte: number; letter: number }[] = [];
  const texts: string[] = [];
  let letter = 0;
  for (const [from, to] of lines(bytes, first, name)) {
    pieces.push({ byte: from, letter });
    const text = decode(bytes.subarray(from, to), name);
    texts.push(text);
    letter += text.length;
  }
  pieces.push({ byte: bytes.length, letter });
  return { bytes, text: texts.join(''), encoding: name, pieces };
}

/** The bytes with changes of the text made; every byte outside of them is as it was, malformed ones too. */
export function changeBytes(
  file: FileBytes,
  changes: readonly TextChange[],
): Uint8Array | { readonly error: EditError } {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const change of changes) {
    const start = byteAt(file, change.start);
    const end = byteAt(file, change.end);
    if (start === undefined || end === undefined) return { error: unreadableBytes(file.encoding, change.text) };
    const written = iconv.encode(change.text, file.encoding);
    const lost = lostLetters(change.text, decode(written, file.encoding));
    if (lost !== '') return { error: unencodable(file.encoding, lost) };
    parts.push(file.bytes.subarray(at, start), written);
    at = end;
  }
  parts.push(file.bytes.subarray(at));
  return Buffer.concat(parts);
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

function decode(bytes: Uint8Array, encoding: string): string {
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding, { stripBOM: false });
}

/** In none of these encodings is the byte of a line feed part of another letter, but for the two of UTF-16. */
function* lines(bytes: Uint8Array, first: number, encoding: string): Iterable<readonly [number, number]> {
  const width = encoding.startsWith('utf16') ? 2 : 1;
  const feed = encoding === 'utf16be' ? 1 : 0;
  let from = first;
  for (let at = first; at + width <= bytes.length; at += width) {
    const isFeed = bytes[at + feed] === 0x0a && (width === 1 || bytes[at + 1 - feed] === 0);
    if (!isFeed) continue;
    yield [from, at + width];
    from = at + width;
  }
  if (from < bytes.length) yield [from, bytes.length];
}

/** Where a letter begins in the bytes; undefined where the bytes before it in its line are not what they read as. */
function byteAt(file: FileBytes, offset: number): number | undefined {
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
  const before = iconv.encode(file.text.slice(piece.letter, offset), file.encoding);
  const isTrue = before.equals(file.bytes.subarray(piece.byte, piece.byte + before.length));
  if (isTrue) return piece.byte + before.length;
  const behind = iconv.encode(file.text.slice(offset, next.letter), file.encoding);
  const from = next.byte - behind.length;
  return behind.equals(file.bytes.subarray(from, next.byte)) ? from : undefined;
}

function lostLetters(wanted: string, written: string): string {
  if (wanted === written) return '';
  const kept = new Set(written);
  return [...new Set(wanted)].filter((letter) => !kept.has(letter)).join(' ') || wanted;
}
