import type { FileEdit } from '../edit.ts';
import { CodeBlockReader } from './code-blocks.ts';
import { readFindReplace } from './find-replace.ts';
import type { FormatReader, OpenEdit, ReadEdits } from './format-reader.ts';
import { opensPatch, PatchReader } from './patch.ts';
import { opensSearchReplace, SearchReplaceReader } from './search-replace.ts';
import { opensUnifiedDiff, UnifiedDiffReader } from './unified-diff.ts';

export type EditFormat = 'patch' | 'search-replace' | 'unified-diff';

interface FormatRow {
  readonly format: EditFormat;
  readonly opens: (line: string) => boolean;
  readonly reader: () => FormatReader;
}

/** Formats by the line that begins them, in the order in which they are tried on each line. */
const formats: readonly FormatRow[] = [
  { format: 'patch', opens: opensPatch, reader: () => new PatchReader() },
  { format: 'search-replace', opens: opensSearchReplace, reader: () => new SearchReplaceReader() },
  { format: 'unified-diff', opens: opensUnifiedDiff, reader: () => new UnifiedDiffReader() },
];

/**
 * The edits of a model's reply, whatever format it is in, as it comes: the first marker decides, and a reply without
 * any is read for code blocks. Chunks may be cut anywhere.
 */
export class EditReader {
  #reader: FormatReader | undefined;
  #blocks = new CodeBlockReader();
  /** Lines before the first marker: a path may be among them. */
  #before: string[] = [];
  #rest: string[] = [];
  #isJson: boolean | undefined;
  #hasBegun = false;
  #json: string[] = [];

  /** With a format, no other is looked for. */
  constructor(format?: EditFormat) {
    if (format === undefined) return;
    this.#isJson = false;
    this.#reader = formats.find((row) => row.format === format)?.reader();
  }

  push(given: string): void {
    if (given === '') return;
    const chunk = this.#hasBegun ? given : given.replace(/^\uFEFF/, '');
    this.#hasBegun = true;
    this.#isJson ??= chunk.trim() === '' ? undefined : /^\s*[{[]/.test(chunk);
    if (this.#isJson) {
      this.#json.push(chunk);
      return;
    }
    const end = chunk.lastIndexOf('\n');
    if (end < 0) {
      this.#rest.push(chunk);
      return;
    }
    const lines = (this.#rest.join('') + chunk.slice(0, end)).split('\n');
    this.#rest = [chunk.slice(end + 1)];
    for (const line of lines) this.#line(line);
  }

  /** What has come whole so far. */
  get complete(): readonly FileEdit[] {
    return (this.#reader ?? this.#blocks).complete;
  }

  get open(): OpenEdit | undefined {
    return (this.#reader ?? this.#blocks).open;
  }

  end(): ReadEdits {
    if (this.#isJson) return readFindReplace(this.#json.join(''));
    const rest = this.#rest.join('');
    this.#rest = [];
    if (rest !== '') this.#line(rest);
    return (this.#reader ?? this.#blocks).end();
  }

  #line(text: string): void {
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (this.#reader) {
      this.#reader.line(line, text);
      return;
    }
    const format = formats.find(({ opens }) => opens(line));
    if (format) {
      this.#reader = format.reader();
      for (const earlier of this.#before) this.#reader.line(earlier, earlier);
      this.#reader.line(line, text);
      this.#before = [];
      return;
    }
    this.#before.push(line);
    this.#blocks.line(line);
  }
}

/** All edits of a whole reply. */
export function readEdits(reply: string, format?: EditFormat): ReadEdits {
  const reader = new EditReader(format);
  reader.push(reply);
  return reader.end();
}
