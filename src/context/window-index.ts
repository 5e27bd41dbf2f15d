import { identifier, keywords } from './names-near.ts';

const windowLines = 16;
const stride = 8;
const longestText = 200_000;

/** Which words stand in which stretch of a file's lines, made once a text. */
export interface WindowIndex {
  readonly lines: readonly string[];
  /** The stretches a word stands in, in order. */
  readonly windowsOf: ReadonlyMap<string, readonly number[]>;
  /** How many different words each stretch has. */
  readonly sizes: readonly number[];
}

export interface SimilarWindow {
  readonly file: number;
  readonly line: number;
  readonly endLine: number;
  /** 0 to 1. */
  readonly similarity: number;
}

export function indexOf(text: string): WindowIndex {
  const lines = text.slice(0, longestText).split('\n');
  const windowsOf = new Map<string, number[]>();
  const count = Math.max(1, Math.ceil((lines.length - windowLines) / stride) + 1);
  const sizes = new Array<number>(count).fill(0);
  for (const [index, line] of lines.entries()) {
    const last = Math.min(count - 1, Math.floor(index / stride));
    const first = Math.max(0, Math.ceil((index - windowLines + 1) / stride));
    for (const word of wordsIn(line)) {
      const windows = windowsOf.get(word);
      if (!windows) windowsOf.set(word, span(Math.min(first, last), last, sizes));
      else for (let at = Math.max(first, (windows.at(-1) ?? -1) + 1); at <= last; at++) add(windows, at, sizes);
    }
  }
  return { lines, windowsOf, sizes };
}

/**
 * The stretches that share the most, and the rarest, words with the lines of `query`; best first, none overlapping
 * another. Looks at the words of the query only, so that its cost does not depend on the length of the files.
 */
export function similarWindows(query: string, files: readonly WindowIndex[], most: number): readonly SimilarWindow[] {
  const words = new Set(query.split('\n').flatMap(wordsIn));
  const windowCount = files.reduce((sum, { sizes }) => sum + sizes.length, 0);
  const shared = files.map(({ sizes }) => new Float64Array(sizes.length));
  let all = 0;
  for (const word of words) {
    const found = files.reduce((sum, { windowsOf }) => sum + (windowsOf.get(word)?.length ?? 0), 0);
    const rarity = Math.log((windowCount + 1) / (found + 1)) + 0.1;
    // A word that no other file has says nothing of how alike they are.
    if (found === 0) continue;
    all += rarity;
    for (const [file, { windowsOf }] of files.entries()) {
      const sums = shared[file];
      if (sums) for (const at of windowsOf.get(word) ?? []) sums[at] = (sums[at] ?? 0) + rarity;
    }
  }
  const found: SimilarWindow[] = [];
  for (const [file, sums] of shared.entries()) {
    for (const [at, sum] of sums.entries()) {
      if (sum === 0) continue;
      const size = files[file]?.sizes[at] ?? 0;
      const similarity = sum / (all + 0.25 * size);
      found.push({ file, line: at * stride, endLine: at * stride + windowLines, similarity });
    }
  }
  found.sort((a, b) => b.similarity - a.similarity);
  const chosen: SimilarWindow[] = [];
  for (const window of found) {
    if (chosen.length >= most) break;
    const overlaps = (other: SimilarWindow): boolean =>
      other.file === window.file && window.line < other.endLine && other.line < window.endLine;
    if (!chosen.some(overlaps)) chosen.push(window);
  }
  return chosen;
}

function wordsIn(line: string): readonly string[] {
  return (line.match(identifier) ?? []).filter((word) => word.length > 1 && !keywords.has(word));
}

function span(first: number, last: number, sizes: number[]): number[] {
  const windows: number[] = [];
  for (let at = first; at <= last; at++) add(windows, at, sizes);
  return windows;
}

function add(windows: number[], at: number, sizes: number[]): void {
  windows.push(at);
  sizes[at] = (sizes[at] ?? 0) + 1;
}
