import { lineFeeds } from '../util/line-feeds.ts';

/** Text that is read in pieces; offsets beyond an end count as that end. */
export interface TextSource {
  readonly length: number;
  text(start: number, end: number): string;
}

export interface WindowSize {
  readonly prefixCharacters: number;
  readonly suffixCharacters: number;
}

/** The text around the cursor that fits a budget. All line ends are `\n`. */
export interface CurrentFile {
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The window around `offset`. Its head moves in steps of a quarter window and to a line's start, so that the
 * beginning of a prompt stays byte for byte the same from key to key and prefix caches hit.
 */
export function currentFile(source: TextSource, offset: number, size: WindowSize): CurrentFile {
  return {
    prefix: prefixOf(source, offset, size.prefixCharacters),
    suffix: suffixOf(source, offset, size.suffixCharacters),
  };
}

function prefixOf(source: TextSource, offset: number, characters: number): string {
  if (offset <= characters) return lineFeeds(source.text(0, offset));
  const step = Math.max(1, Math.floor(characters / 4));
  const start = Math.ceil((offset - characters) / step) * step;
  const text = lineFeeds(source.text(start, offset));
  const lineStart = text.indexOf('\n') + 1;
  // A line longer than a step is cut rather than left out.
  return lineStart <= step ? text.slice(lineStart) : text;
}

function suffixOf(source: TextSource, offset: number, characters: number): string {
  const text = lineFeeds(source.text(offset, offset + characters));
  if (offset + characters >= source.length) return text;
  const lineEnd = text.lastIndexOf('\n');
  return lineEnd > characters / 2 ? text.slice(0, lineEnd + 1) : text;
}
