import type { NearName } from './names-near.ts';
import type { ContextPlace } from './related-context.ts';

/** Lines of some file that may help at a place. */
export interface Piece {
  readonly uri: string;
  /** What a model reads as the file's name. */
  readonly path: string;
  /** The lines of its file it stands for, zero-based, without the last. */
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  /** How likely it helps: 0 to 1, the same scale for all sources. */
  readonly score: number;
  /** Pieces of one group become one chunk, in the order of their lines; without it the path is the group. */
  readonly group?: string;
}

/** The place, and what every source wants to know of it. */
export interface SourceQuery {
  readonly place: ContextPlace;
  /** Names around the cursor, the likeliest to matter first. */
  readonly near: readonly NearName[];
  /** The first lines of the file, where its imports stand, also when the shown window begins later. */
  readonly head: string;
}

/** One way to find what helps. */
export interface ContextSource {
  readonly name: string;
  /** Delivers what it finds as it finds it. May be slow, hang or throw: then it is missing from the pack. */
  find(query: SourceQuery, deliver: (pieces: readonly Piece[]) => void, signal: AbortSignal): Promise<void>;
  /** Nothing remembered counts any more. */
  forget(): void;
}
