import type { ContextSource, Piece, SourceQuery } from '../piece.ts';
import type { EditedRegion, RecentEdits } from '../recent-edits.ts';

const mostRegions = 8;

/** What was changed lately elsewhere, as it was and as it is: a change is often one of several alike. */
export class RecentlyEdited implements ContextSource {
  readonly name = 'recent edits';
  readonly #edits: RecentEdits;

  constructor(edits: RecentEdits) {
    this.#edits = edits;
  }

  async find({ place, near }: SourceQuery, deliver: (pieces: readonly Piece[]) => void): Promise<void> {
    // In the document a line end may be two characters.
    const shownStart = place.offset - place.prefix.length - place.prefix.split('\n').length;
    const shownEnd = place.offset + place.suffix.length + place.suffix.split('\n').length;
    const isElsewhere = ({ uri, start, end }: EditedRegion): boolean =>
      uri !== place.uri || end < shownStart || start > shownEnd;
    const names = new Set(near.map(({ name }) => name));
    const regions = this.#edits
      .regions(mostRegions * 2)
      .filter(isElsewhere)
      .slice(0, mostRegions);
    deliver(
      regions.map((region, age) => {
        const text = asChange(region.before, region.after);
        const shared = (text.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((name) => names.has(name)).length;
        return {
          uri: region.uri,
          path: region.path,
          line: region.line,
          endLine: region.line + region.after.split('\n').length,
          text,
          score: Math.min(1, 0.3 + 0.35 / (1 + age / 3) + Math.min(0.3, shared * 0.05)),
          group: `edit ${region.uri} ${region.line}`,
        };
      }),
    );
  }

  forget(): void {
    this.#edits.forget();
  }
}

/** New lines as they are; changed ones as a diff of lines. */
function asChange(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const removed = old.slice(head, old.length - tail);
  if (removed.every((line) => line.trim() === '')) return after;
  const marked = (lines: readonly string[], mark: string): readonly string[] => lines.map((line) => mark + line);
  return [
    ...marked(now.slice(0, head), ' '),
    ...marked(removed, '-'),
    ...marked(now.slice(head, now.length - tail), '+'),
    ...marked(now.slice(now.length - tail), ' '),
  ].join('\n');
}
