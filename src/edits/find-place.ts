import type { EditOptions, Hunk, Rung } from './edit.ts';
import { FlatText } from './flat-text.ts';
import { FuzzyFinder, type Likely } from './fuzzy.ts';
import { asWritten, type LineForm, lineForms, withoutIndentation } from './line-forms.ts';
import { LineIndex } from './line-index.ts';
import { lineRuns } from './line-runs.ts';
import { type Reindent, reindentation } from './reindent.ts';
import { linesOfHunk } from './rewrite-lines.ts';
import type { SourceLines } from './source-lines.ts';

/** Where a hunk goes. */
export type Place =
  | {
      readonly kind: 'lines';
      readonly rung: Rung;
      readonly first: number;
      readonly sought: readonly string[];
      readonly replacement: readonly string[];
      readonly reindent: Reindent;
    }
  | { readonly kind: 'text'; readonly rung: Rung; readonly ranges: readonly { start: number; end: number }[] }
  | { readonly kind: 'several'; readonly lines: readonly number[] }
  | { readonly kind: 'nowhere'; readonly nearest?: Likely };

/** A passage counts as found by likeness from here on. */
export const defaultFuzzyThreshold = 0.9;
/** With likeness alone, no line may be less alike than this… */
const worstLine = 0.6;
/** …and the passage has to have this many letters: little text is like much. */
const fewestLetters = 24;
/** Of more places than these that fit alike, only the one that is meant is looked at for how it is indented. */
const mostLookedAt = 100;

/** Searches one text for many hunks: strictest rung first, and never between two places that fit alike. */
export class PlaceFinder {
  readonly #source: SourceLines;
  readonly #options: EditOptions;
  readonly #indexes = new Map<Rung, LineIndex>();
  readonly #fuzzy: FuzzyFinder;
  #flat: FlatText | undefined;

  constructor(source: SourceLines, options: EditOptions) {
    this.#source = source;
    this.#options = options;
    this.#fuzzy = new FuzzyFinder(source);
  }

  /** `after`: lines from here on are preferred, where hunks stand in the order of the file. */
  find(hunk: Hunk, after: number): Place {
    const inText = hunk.within ? this.#inText(hunk.search, hunk) : undefined;
    if (inText) return inText;
    const asIs = linesOfHunk(hunk);
    return (
      this.#byLines(hunk, asIs, after) ??
      (hunk.within ? undefined : this.#inText(hunk.search.replace(/\n$/, ''), hunk)) ??
      this.#byLines(hunk, withoutBlankEdges(asIs), after) ??
      this.#byLikeness(hunk, asIs, after)
    );
  }

  #inText(search: string, hunk: Hunk): Place | undefined {
    if (!this.#canBeInText(search)) return undefined;
    this.#flat ??= new FlatText(this.#source);
    const ranges = this.#flat.occurrences(search);
    if (ranges.length === 0) return undefined;
    const [{ start, end } = { start: 0, end: 0 }] = ranges;
    const rung = this.#source.text.slice(start, end) === search ? 'exact' : 'line-ends';
    const wanted = hunk.times ?? 1;
    if (wanted === 'all' || (ranges.length === wanted && wanted > 1)) return { kind: 'text', rung, ranges };
    const lines = ranges.map((range) => this.#source.lineAt(range.start));
    const chosen = wanted === 1 ? this.#choose(lines, 1, hunk, 0) : undefined;
    const range = ranges[lines.indexOf(chosen ?? -1)];
    if (range) return { kind: 'text', rung, ranges: [range] };
    return this.#isNear(hunk, lines) ? { kind: 'several', lines } : undefined;
  }

  /** Looking through a long text letter by letter is slow: the lines within a passage say sooner that it is not there. */
  #canBeInText(search: string): boolean {
    const [first = '', ...rest] = search.split('\n');
    const last = rest.pop() ?? '';
    if (rest.length === 0) return true;
    return this.#index(asWritten)
      .find(rest)
      .some(
        (place) =>
          this.#source.line(place - 1).endsWith(first) && this.#source.line(place + rest.length).startsWith(last),
      );
  }

  #byLines(hunk: Hunk, lines: ReturnType<typeof linesOfHunk> | undefined, after: number): Place | undefined {
    if (lines === undefined || lines.sought.length === 0) return undefined;
    const { sought } = lines;
    for (const form of lineForms) {
      const { rung } = form;
      const found = this.#index(form).find(sought);
      const isOften = found.length > mostLookedAt;
      const placed = found.flatMap((first) => {
        if (isOften) return [{ first, reindent: asItIs }];
        const reindent = rung === 'exact' || rung === 'trailing-space' ? asItIs : this.#reindent(lines, first);
        return reindent ? [{ first, reindent }] : [];
      });
      if (placed.length === 0) continue;
      const places = placed.map(({ first }) => first);
      const first = this.#choose(places, sought.length, hunk, after);
      const chosen = placed.find((place) => place.first === first);
      const several: Place = { kind: 'several', lines: places };
      if (!chosen) return this.#isNear(hunk, places) ? several : undefined;
      const reindent =
        isOften && rung !== 'exact' && rung !== 'trailing-space'
          ? this.#reindent(lines, chosen.first)
          : chosen.reindent;
      if (!reindent) return several;
      return {
        kind: 'lines',
        rung: this.#rung(rung, hunk, chosen.first, sought.length),
        ...chosen,
        ...lines,
        reindent,
      };
    }
    return undefined;
  }

  #byLikeness(hunk: Hunk, lines: ReturnType<typeof linesOfHunk>, after: number): Place {
    const { sought } = lines;
    const threshold = this.#options.fuzzyThreshold ?? defaultFuzzyThreshold;
    const { places: likely, areAll } = this.#fuzzy.find(sought, threshold);
    const [nearest] = likely;
    const nowhere: Place = { kind: 'nowhere', ...(nearest && { nearest }) };
    // Of places that were not all looked at, none is the only one.
    if (threshold >= 1 || !areAll || sought.join('').replace(/\s/g, '').length < fewestLetters) return nowhere;
    const good = likely.filter((place) => place.likeness >= threshold && place.worst >= worstLine);
    if (good.length === 0) return nowhere;
    const places = good.map(({ start }) => start);
    const first = this.#choose(places, sought.length, hunk, after);
    if (first === undefined) return this.#isNear(hunk, places) ? { kind: 'several', lines: places } : nowhere;
    const reindent = this.#reindent(lines, first);
    return reindent ? { kind: 'lines', rung: 'fuzzy', first, ...lines, reindent } : nowhere;
  }

  /** The one place meant; undefined where it is none or cannot be told. */
  #choose(places: readonly number[], count: number, hunk: Hunk, after: number): number | undefined {
    let left = places.filter((place) => this.#isNear(hunk, [place]));
    if (hunk.atEnd) {
      const atEnd = left.filter((place) => place + count === this.#source.length);
      if (atEnd.length > 0) left = atEnd;
    }
    if (hunk.below) {
      const from = this.#below(hunk.below, hunk.inOrder ? after : 0);
      return from === undefined ? (left.length === 1 ? left[0] : undefined) : left.find((place) => place >= from);
    }
    if (left.length > 1 && hunk.inOrder) {
      const later = left.filter((place) => place >= after);
      if (later.length > 0) left = later;
    }
    return left.length > 1 && hunk.line !== undefined ? clearlyNearest(left, hunk.line - 1) : only(left);
  }

  #isNear(hunk: Hunk, places: readonly number[]): boolean {
    const { line } = hunk;
    const { linesAround } = this.#options;
    if (line === undefined || linesAround === undefined) return true;
    return places.some((place) => Math.abs(place - (line - 1)) <= linesAround);
  }

  /** First line below the anchors; undefined where one of them is not there. */
  #below(anchors: readonly string[], after: number): number | undefined {
    let from = after;
    for (const anchor of anchors) {
      const places = this.#index(withoutIndentation).find([anchor]);
      const next = places.find((place) => place >= from) ?? this.#containing(anchor, from);
      if (next === undefined) return undefined;
      from = next + 1;
    }
    return from;
  }

  /** Anchors are often the beginning of a line only. */
  #containing(anchor: string, from: number): number | undefined {
    const places = this.#source.lines.flatMap((line, index) =>
      index >= from && line.trim().startsWith(anchor.trim()) ? [index] : [],
    );
    return only(places);
  }

  /** Undefined where it cannot be told how a new line is to be indented. */
  #reindent({ sought, replacement }: ReturnType<typeof linesOfHunk>, first: number): Reindent | undefined {
    const reindent = reindentation(sought, this.#source.lines.slice(first, first + sought.length));
    const isClear = lineRuns(sought, replacement).every(({ from, to, lines }) =>
      lines.every((line) => reindent(line, from, to) !== undefined),
    );
    return isClear ? reindent : undefined;
  }

  #index({ rung, form }: LineForm): LineIndex {
    const known = this.#indexes.get(rung);
    if (known) return known;
    const index = new LineIndex(this.#source, form);
    this.#indexes.set(rung, index);
    return index;
  }

  #rung(rung: Rung, { search }: Hunk, first: number, count: number): Rung {
    if (rung !== 'exact') return rung;
    const text = this.#source.text.slice(this.#source.start(first), this.#source.start(first + count));
    const flat = text.replace(/\r\n?/g, '\n');
    return flat === text || search === text ? 'exact' : 'line-ends';
  }
}

const asItIs: Reindent = (line) => line;

const only = (places: readonly number[]): number | undefined => (places.length === 1 ? places[0] : undefined);

/** A line number is a hint: it decides where one place is near it and the next one is not. */
function clearlyNearest(places: readonly number[], line: number): number | undefined {
  const [nearest, second] = [...places].sort((a, b) => Math.abs(a - line) - Math.abs(b - line));
  if (nearest === undefined || second === undefined) return nearest;
  const distance = Math.abs(nearest - line);
  return distance <= 5 && distance * 2 < Math.abs(second - line) ? nearest : undefined;
}

/** Models put blank lines around a passage that the file does not have; they are no part of what is meant. */
function withoutBlankEdges({
  sought,
  replacement,
}: ReturnType<typeof linesOfHunk>): ReturnType<typeof linesOfHunk> | undefined {
  const isBlank = (line: string | undefined): boolean => line !== undefined && line.trim() === '';
  const head = sought.findIndex((line) => !isBlank(line));
  if (head < 0) return undefined;
  const tail = sought.length - 1 - sought.findLastIndex((line) => !isBlank(line));
  if (head === 0 && tail === 0) return undefined;
  let from = 0;
  while (from < head && isBlank(replacement[from])) from++;
  let to = replacement.length;
  while (replacement.length - to < tail && to > from && isBlank(replacement[to - 1])) to--;
  return { sought: sought.slice(head, sought.length - tail), replacement: replacement.slice(from, to) };
}
