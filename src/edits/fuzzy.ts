import { bare, likeness } from './likeness.ts';
import { LineIndex } from './line-index.ts';
import type { SourceLines } from './source-lines.ts';

export interface Likely {
  /** First line, from 0. */
  readonly start: number;
  /** From 0 to 1, by the letters of all lines. */
  readonly likeness: number;
  /** Of the line that is least alike. */
  readonly worst: number;
}

/** A place that shares no line at all with what is sought is compared only in files up to this many lines. */
const smallFile = 2000;
/** A line that is everywhere (`}`) leads nowhere. */
const commonLine = 40;

/** The passages most like `lines`, best first, each of as many lines. */
export class FuzzyFinder {
  readonly #source: SourceLines;
  #index: LineIndex | undefined;

  constructor(source: SourceLines) {
    this.#source = source;
  }

  find(lines: readonly string[]): readonly Likely[] {
    const last = this.#source.length - lines.length;
    const found: Likely[] = [];
    for (const start of this.#starts(lines)) {
      if (start >= 0 && start <= last) found.push(this.#compare(start, lines));
    }
    return found.sort((a, b) => b.likeness - a.likeness || a.start - b.start);
  }

  #starts(lines: readonly string[]): Iterable<number> {
    this.#index ??= new LineIndex(this.#source, bare);
    const starts = new Set<number>();
    for (const [offset, line] of lines.entries()) {
      if (bare(line) === '') continue;
      const places = this.#index.placesOf(line);
      if (places.length <= commonLine) for (const place of places) starts.add(place - offset);
    }
    if (starts.size > 0 || this.#source.length > smallFile) return starts;
    return Array.from({ length: Math.max(0, this.#source.length - lines.length + 1) }, (_, start) => start);
  }

  #compare(start: number, lines: readonly string[]): Likely {
    let letters = 0;
    let alike = 0;
    let worst = 1;
    for (const [offset, line] of lines.entries()) {
      const other = this.#source.line(start + offset);
      const weight = Math.max(bare(line).length, bare(other).length);
      const like = weight === 0 ? 1 : likeness(line, other);
      letters += weight;
      alike += weight * like;
      worst = Math.min(worst, like);
    }
    return { start, likeness: letters === 0 ? 0 : alike / letters, worst };
  }
}
