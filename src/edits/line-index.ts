import type { SourceLines } from './source-lines.ts';

/** Where a sequence of lines stands in a text, lines taken as `form` writes them. Built once, asked for every hunk. */
export class LineIndex {
  readonly #source: SourceLines;
  readonly #form: (line: string) => string;
  readonly #places = new Map<string, number[]>();
  readonly #formed: readonly string[];

  constructor(source: SourceLines, form: (line: string) => string) {
    this.#source = source;
    this.#form = form;
    this.#formed = source.lines.map(form);
    this.#formed.forEach((line, index) => {
      const places = this.#places.get(line);
      if (places) places.push(index);
      else this.#places.set(line, [index]);
    });
  }

  /** First lines of all places where `lines` stand one after the other, in order. */
  find(lines: readonly string[]): readonly number[] {
    const wanted = lines.map(this.#form);
    // The rarest line has the fewest places to try.
    let rarest: readonly number[] | undefined;
    let offset = 0;
    for (const [index, line] of wanted.entries()) {
      const places = this.#places.get(line);
      if (places === undefined) return [];
      if (rarest === undefined || places.length < rarest.length) {
        rarest = places;
        offset = index;
      }
    }
    return (rarest ?? [])
      .map((place) => place - offset)
      .filter(
        (start) =>
          start >= 0 &&
          start + wanted.length <= this.#source.length &&
          wanted.every((line, index) => this.#formed[start + index] === line),
      );
  }

  /** Places of one line. */
  placesOf(line: string): readonly number[] {
    return this.#places.get(this.#form(line)) ?? [];
  }
}
