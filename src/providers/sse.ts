import { StringDecoder } from 'node:string_decoder';
import type { EventReader, ReadEvent } from './event-reader.ts';

/**
 * Reads server-sent events out of bytes cut anywhere. Never throws; bytes that are no UTF-8 become U+FFFD.
 * The field `error:` is in no standard but on some wires.
 */
export class SseReader implements EventReader {
  readonly #decoder = new StringDecoder('utf8');
  /** The beginning of a line whose end has not come yet. It is only ever appended to, so a long line costs no more. */
  #line = '';
  #isFirst = true;
  /** The last piece ended in CR: a LF at the start of the next one belongs to it. */
  #endedInReturn = false;
  #event: string | undefined;
  #data: string | undefined;
  #error: string | undefined;

  /** The events that `bytes` completes. */
  push(bytes: Uint8Array): readonly ReadEvent[] {
    return this.#read(this.#decoder.write(bytes));
  }

  /** The event that the end of the stream cut off before its blank line, if there is one. */
  end(): ReadEvent | undefined {
    const events: ReadEvent[] = [];
    this.#read(this.#decoder.end());
    this.#readLine(this.#line, events);
    this.#line = '';
    this.#dispatch(events);
    return events[0];
  }

  #read(decoded: string): readonly ReadEvent[] {
    const events: ReadEvent[] = [];
    const text = this.#withoutLineStart(decoded);
    const hasReturns = text.includes('\r');
    let start = 0;
    while (start < text.length) {
      const end = hasReturns ? nextLineEnd(text, start) : text.indexOf('\n', start);
      if (end < 0) break;
      const line = text.slice(start, end);
      this.#readLine(this.#line === '' ? line : this.#line + line, events);
      this.#line = '';
      start = end + (text.startsWith('\r\n', end) ? 2 : 1);
    }
    if (start < text.length) this.#line += text.slice(start);
    if (text !== '') this.#endedInReturn = text.endsWith('\r');
    return events;
  }

  /** Takes off what only counts at the start: the byte order mark, and a LF whose CR came with the piece before. */
  #withoutLineStart(text: string): string {
    let start = 0;
    if (this.#isFirst && text !== '') {
      this.#isFirst = false;
      if (text.startsWith('\uFEFF')) start = 1;
    }
    if (this.#endedInReturn && text.startsWith('\n')) {
      this.#endedInReturn = false;
      start = 1;
    }
    return start === 0 ? text : text.slice(start);
  }

  #readLine(line: string, events: ReadEvent[]): void {
    if (line === '') this.#dispatch(events);
    else if (line.startsWith('data:')) this.#addData(line.slice(line.startsWith(' ', 5) ? 6 : 5));
    // Some servers end a stream with a bare JSON object that tells of an error.
    else if (line.startsWith('{')) this.#addData(line);
    else this.#readField(line);
  }

  #readField(line: string): void {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line.startsWith(' ', colon + 1) ? colon + 2 : colon + 1);
    if (field === 'event') this.#event = value;
    else if (field === 'error') this.#error = value;
    else if (field === 'data') this.#addData(value);
  }

  #addData(value: string): void {
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }

  #dispatch(events: ReadEvent[]): void {
    if (this.#data !== undefined || this.#error !== undefined) {
      events.push({ event: this.#event, data: this.#data, error: this.#error });
    }
    this.#event = undefined;
    this.#data = undefined;
    this.#error = undefined;
  }
}

function nextLineEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return -1;
}
