import type { FileDiff } from './file-diff.ts';

export interface DiffParts {
  /** What is read at once; a file may begin in one part and go on in the next. */
  readonly parts: readonly (readonly FileDiff[])[];
  /** Files of which not everything is in a part. */
  readonly cut: readonly string[];
}

/** Room that a file's name and the words around it take. */
const headRoom = 40;
/** Parts are cut between lines and files are named again in the next one: so much of the room is text. */
const packed = 0.85;
/** Less of a file says nothing. */
const leastShare = 200;

/**
 * Cuts a diff into parts of at most `room` letters, and at most `most` of them. Where that is not enough, long files are
 * cut to an equal share first, so that every file is seen.
 */
export function diffParts(files: readonly FileDiff[], room: number, most: number): DiffParts {
  const share = shareOf(files.map(sizeOf), room * most * packed);
  const parts: FileDiff[][] = [[]];
  const cut = new Set<string>();
  let left = room;
  for (const file of files) {
    const shown = cutTo(file, share);
    if (shown.hunks !== file.hunks) cut.add(file.path);
    let rest: string[] | undefined = shown.hunks.split('\n');
    while (rest) {
      const taken = fitting(rest, left - headOf(file));
      const isNext = parts.at(-1)?.length === 0;
      // A piece that is longer than a part of its own is put there all the same.
      const count = taken === 0 && isNext ? 1 : taken;
      if (count > 0) {
        parts.at(-1)?.push({ ...file, hunks: rest.slice(0, count).join('\n') });
        left -= headOf(file) + lengthOf(rest.slice(0, count));
        rest = count < rest.length ? rest.slice(count) : undefined;
      }
      if (!rest) break;
      if (parts.length === most) {
        cut.add(file.path);
        break;
      }
      parts.push([]);
      left = room;
    }
  }
  return { parts: parts.filter((part) => part.length > 0), cut: [...cut] };
}

const headOf = ({ path, from }: FileDiff): number => headRoom + path.length + (from?.length ?? 0);
const sizeOf = (file: FileDiff): number => headOf(file) + file.hunks.length + 1;
const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length + 1, 0);

/** The most that each may take for all of them to fit: those that need less leave it to the others. */
function shareOf(sizes: readonly number[], room: number): number {
  const ordered = [...sizes].sort((a, b) => a - b);
  let left = room;
  for (const [index, size] of ordered.entries()) {
    const share = Math.floor(left / (ordered.length - index));
    if (size > share) return Math.max(share, leastShare);
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

function cutTo(file: FileDiff, share: number): FileDiff {
  if (sizeOf(file) <= share) return file;
  const lines = file.hunks.split('\n');
  const count = fitting(lines, share - headOf(file) - headRoom);
  return { ...file, hunks: [...lines.slice(0, count), `… (${lines.length - count} more lines)`].join('\n') };
}

/** How many of the first lines fit. */
function fitting(lines: readonly string[], room: number): number {
  let left = room;
  const over = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return over < 0 ? lines.length : over;
}
