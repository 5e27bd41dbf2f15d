import type { Cut } from './attachment.ts';

export interface CutText {
  readonly text: string;
  /** Absent = nothing was cut. */
  readonly cut?: Cut;
}

/** As many whole lines from the beginning as fit into so many characters; of a first line that is longer, its beginning. */
export function cutLines(text: string, mostCharacters: number): CutText {
  if (text.length <= mostCharacters) return { text };
  const end = text.lastIndexOf('\n', mostCharacters);
  if (end <= 0) {
    return { text: text.slice(0, mostCharacters), cut: { unit: 'characters', kept: mostCharacters, of: text.length } };
  }
  const kept = text.slice(0, end);
  return { text: kept, cut: { unit: 'lines', kept: countLines(kept), of: countLines(text) } };
}

/** As many whole lines of the end as fit: of what a program said, the last words count. */
export function cutToEnd(text: string, mostCharacters: number): CutText {
  if (text.length <= mostCharacters) return { text };
  const start = text.indexOf('\n', text.length - mostCharacters - 1) + 1;
  if (start === 0 || start === text.length) {
    return { text: text.slice(-mostCharacters), cut: { unit: 'characters', kept: mostCharacters, of: text.length } };
  }
  const kept = text.slice(start);
  return { text: kept, cut: { unit: 'lines', kept: countLines(kept), of: countLines(text) } };
}

/** A line end at the end begins no further line. */
export function countLines(text: string): number {
  const ends = text.split('\n').length - 1;
  return text.endsWith('\n') ? ends : ends + 1;
}
