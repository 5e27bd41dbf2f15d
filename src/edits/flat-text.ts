import type { SourceLines } from './source-lines.ts';

/** A text with `\n` for every line end, and the way back to the offsets of the text itself. */
export class FlatText {
  readonly text: string;
  readonly #source: SourceLines;
  /** Offset in the flat text where each line begins; absent where both texts are the same. */
  readonly #starts: readonly number[] | undefined;

  constructor(source: SourceLines) {
    this.#source = source;
    if (!source.text.includes('\r')) {
      this.text = source.text;
      return;
    }
    const starts: number[] = [];
    let length = 0;
    for (const [index, line] of source.lines.entries()) {
      starts.push(length);
      length += line.length + (source.end(index) === '' ? 0 : 1);
    }
    this.#starts = starts;
    this.text = source.text.replace(/\r\n?/g, '\n');
  }

  /** Where `text` occurs, no two of them sharing a letter; offsets into the source. */
  occurrences(text: string): readonly { readonly start: number; readonly end: number }[] {
    const found: { start: number; end: number }[] = [];
    for (let at = this.text.indexOf(text); at >= 0 && text !== ''; at = this.text.indexOf(text, at + text.length)) {
      found.push({ start: this.#offset(at), end: this.#offset(at + text.length) });
    }
    return found;
  }

  #offset(flat: number): number {
    const starts = this.#starts;
    if (starts === undefined) return flat;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= flat) low = middle;
      else high = middle - 1;
    }
    // A line's end counts as one letter here, so what lies behind the last one is the end of the text.
    const within = flat - (starts[low] ?? 0);
    return within > this.#source.line(low).length ? this.#source.start(low + 1) : this.#source.start(low) + within;
  }
}
