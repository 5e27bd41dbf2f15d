import { smallestChange, withChanges } from './apply-hunks.ts';
import type { TextChange } from './edit.ts';
import { lineRuns } from './line-runs.ts';
import { SourceLines } from './source-lines.ts';

/** A passage that was changed and is not settled: `start`–`end` of the text now, and what stood there before. */
export interface TrackedHunk {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly before: string;
}

/**
 * What edits changed in one document, hunk by hunk, while its owner goes on typing: what is typed elsewhere moves the
 * hunks, what is typed inside one makes it the typist's own, and it is no longer for taking back.
 */
export class TrackedHunks {
  #hunks: readonly TrackedHunk[] = [];
  #nextId = 1;

  /** In the order of the text. */
  get hunks(): readonly TrackedHunk[] {
    return this.#hunks;
  }

  /** The text as it would be with every hunk taken back. */
  baseline(text: string): string {
    return withChanges(text, this.#hunks.map(inverse));
  }

  /** An edit of ours made `after` of `text`: every difference from the baseline is a hunk, those it touched included. */
  edited(text: string, after: string): void {
    const kept = new Map(this.#hunks.map((hunk) => [`${hunk.before}\0${text.slice(hunk.start, hunk.end)}`, hunk.id]));
    this.#hunks = differences(this.baseline(text), after).map(({ start, end, before }) => {
      const known = kept.get(`${before}\0${after.slice(start, end)}`);
      return { id: known ?? this.#nextId++, start, end, before };
    });
  }

  /** Changes of one event, each with its place in the text before all of them. */
  typed(changes: readonly { readonly offset: number; readonly removed: number; readonly inserted: number }[]): void {
    for (const change of [...changes].sort((a, b) => b.offset - a.offset)) {
      this.#hunks = this.#hunks.flatMap((hunk) => moved(hunk, change));
    }
  }

  /** Settles a hunk as it stands. */
  keep(id: number): void {
    this.#hunks = this.#hunks.filter((hunk) => hunk.id !== id);
  }

  /** What takes a hunk back; undefined where it is settled. */
  reverting(id: number): TextChange | undefined {
    const hunk = this.#hunks.find((candidate) => candidate.id === id);
    return hunk && inverse(hunk);
  }
}

function inverse({ start, end, before }: TrackedHunk): TextChange {
  return { start, end, text: before };
}

function moved(
  hunk: TrackedHunk,
  { offset, removed, inserted }: { readonly offset: number; readonly removed: number; readonly inserted: number },
): readonly TrackedHunk[] {
  if (offset + removed <= hunk.start) {
    const shift = inserted - removed;
    return [{ ...hunk, start: hunk.start + shift, end: hunk.end + shift }];
  }
  return offset >= hunk.end ? [hunk] : [];
}

/** By whole lines, as a reviewer reads them; `start` and `end` are places in `after`. */
function differences(before: string, after: string): readonly Omit<TrackedHunk, 'id'>[] {
  if (before === after) return [];
  const old = new SourceLines(before);
  const fresh = new SourceLines(after);
  const withEnds = (source: SourceLines): readonly string[] =>
    source.lines.map((line, index) => line + source.end(index));
  const runs = lineRuns(withEnds(old), withEnds(fresh));
  if (runs.length === 0) {
    return smallestChange(before, after).map(({ start, end, text }) => ({
      start,
      end: start + text.length,
      before: before.slice(start, end),
    }));
  }
  let shift = 0;
  return runs.map(({ from, to, lines }) => {
    const start = old.start(from);
    const end = old.start(to);
    const length = lines.join('').length;
    const hunk = { start: start + shift, end: start + shift + length, before: before.slice(start, end) };
    shift += length - (end - start);
    return hunk;
  });
}
