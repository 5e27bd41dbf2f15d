import { bare, comparing, type Letters, lettersOf, likeness, mostLikeness } from './likeness.ts';
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

/** So much comparing of letters is done for one passage: some tenths of a second. */
const mostWork = 20_000_000;
/** So many places that cannot count are compared all the same, for the one that is told as nearest. */
const forTelling = 8;

export interface LikelyPlaces {
  /** Best first. */
  readonly places: readonly Likely[];
  /** False = there was too much to compare; places are missing. */
  readonly areAll: boolean;
}

/** The passages most like `lines`, each of as many lines. */
export class FuzzyFinder {
  readonly #source: SourceLines;
  readonly #letters = new Map<number, Letters>();
  #index: LineIndex | undefined;

  constructor(source: SourceLines) {
    this.#source = source;
  }

  /** All that are alike by `threshold` or more, and some of the others. */
  find(lines: readonly string[], threshold: number): LikelyPlaces {
    const last = this.#source.length - lines.length;
    const sought = lines.map(lettersOf);
    const starts = [...this.#starts(lines)]
      .filter((start) => start >= 0 && start <= last)
      .map((start) => ({ start, ...this.#atMost(start, sought) }))
      .sort((a, b) => b.likeness - a.likeness || a.start - b.start);
    const places: Likely[] = [];
    let left = mostWork;
    let areAll = true;
    let others = 0;
    for (const { start, likeness: most, work } of starts) {
      const mayCount = most >= threshold;
      if (!mayCount && others++ >= forTelling) break;
      left -= work;
      if (left < 0) {
        areAll &&= !mayCount;
        break;
      }
      places.push(this.#compare(start, lines));
    }
    return { places: places.sort((a, b) => b.likeness - a.likeness || a.start - b.start), areAll };
  }

  /** What a place's likeness is at most, and the work of finding out. */
  #atMost(start: number, sought: readonly Letters[]): { readonly likeness: number; readonly work: number } {
    let letters = 0;
    let alike = 0;
    let work = 0;
    for (const [offset, own] of sought.entries()) {
      const other = this.#lettersAt(start + offset);
      const weight = Math.max(own.length, other.length);
      const most = mostLikeness(own, other);
      letters += weight;
      alike += weight * most;
      work += comparing(own, other);
    }
    return { likeness: letters === 0 ? 0 : alike / letters, work };
  }

  #lettersAt(line: number): Letters {
    const known = this.#letters.get(line);
    if (known) return known;
    const letters = lettersOf(this.#source.line(line));
    this.#letters.set(line, letters);
    return letters;
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
