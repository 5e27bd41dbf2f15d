/** A text as lines: any of `\r\n`, `\n`, `\r` ends one. An end at the very end begins no further line. */
export class SourceLines {
  readonly text: string;
  /** Without their line ends. */
  readonly lines: readonly string[];
  /** Offset where each line begins, and one more: the end of the text. */
  readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const lines: string[] = [];
    const starts: number[] = [];
    const ends = /\r\n|\n|\r/g;
    let start = 0;
    for (let end = ends.exec(text); end; end = ends.exec(text)) {
      lines.push(text.slice(start, end.index));
      starts.push(start);
      start = ends.lastIndex;
    }
    if (start < text.length) {
      lines.push(text.slice(start));
      starts.push(start);
    }
    starts.push(text.length);
    this.lines = lines;
    this.starts = starts;
  }

  get length(): number {
    return this.lines.length;
  }

  line(index: number): string {
    return this.lines[index] ?? '';
  }

  start(index: number): number {
    return this.starts[index] ?? this.text.length;
  }

  /** The line end of a line; empty at the end of a text that has no final one. */
  end(index: number): string {
    return this.text.slice(this.start(index) + this.line(index).length, this.start(index + 1));
  }

  /** The line that holds an offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return Math.min(low, Math.max(0, this.length - 1));
  }

  /** The line end most lines have; `\n` where there is none. */
  get usualEnd(): string {
    this.#usualEnd ??= usualEnd(this.text);
    return this.#usualEnd;
  }

  /** The line end to write after a line put in at `index`: that of the line before, else of the one after. */
  endNear(index: number): string {
    return this.end(index - 1) || this.end(index) || this.usualEnd;
  }

  #usualEnd: string | undefined;
}

function usualEnd(text: string): string {
  let both = 0;
  let feed = 0;
  let carriage = 0;
  for (const [end] of text.matchAll(/\r\n|\n|\r/g)) {
    if (end === '\r\n') both++;
    else if (end === '\n') feed++;
    else carriage++;
  }
  if (both > feed && both >= carriage) return '\r\n';
  return carriage > feed ? '\r' : '\n';
}
