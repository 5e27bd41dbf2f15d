import { StringDecoder } from 'node:string_decoder';
import type { EventReader, ReadEvent } from './event-reader.ts';

/** Reads a stream of one JSON value a line. */
export class JsonLinesReader implements EventReader {
  readonly #decoder = new StringDecoder('utf8');
  /** The beginning of a line whose end has not come yet. */
  #line = '';

  push(bytes: Uint8Array): readonly ReadEvent[] {
    const [first = '', ...others] = this.#decoder.write(bytes).split('\n');
    this.#line += first;
    const events: ReadEvent[] = [];
    for (const next of others) {
      addLine(this.#line, events);
      this.#line = next;
    }
    return events;
  }

  end(): ReadEvent | undefined {
    const events: ReadEvent[] = [];
    addLine(this.#line + this.#decoder.end(), events);
    this.#line = '';
    return events[0];
  }
}

function addLine(line: string, events: ReadEvent[]): void {
  const data = line.trim();
  if (data !== '') events.push({ data });
}
