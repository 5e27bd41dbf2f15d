/** What a reply wants done to one file. The line ends of its texts are the reply's; the file keeps its own. */
export type FileEdit =
  | {
      readonly kind: 'change';
      /** As the reply names it; absent where the reply is about the file at hand. */
      readonly path?: string;
      readonly hunks: readonly Hunk[];
      readonly moveTo?: string;
      /** What the format asks of a file whose last line was touched: apply_patch ends it with a line end. */
      readonly endsWithNewline?: true;
    }
  | { readonly kind: 'write'; readonly path?: string; readonly text: string; readonly onlyNew: boolean }
  | { readonly kind: 'delete'; readonly path: string };

/** One passage to find and what shall stand there. */
export interface Hunk {
  /** Whole lines, each with its `\n`, or, with `within`, any text. Empty = an insertion. */
  readonly search: string;
  readonly replace: string;
  /** The search text may begin and end inside a line. */
  readonly within?: true;
  /** How often the text has to be there; all of these are replaced. Absent = once. */
  readonly times?: 'all' | number;
  /** First line the reply says it is at, from 1. Only ever decides between places that fit alike. */
  readonly line?: number;
  /** Lines that stand above it, outermost first: the passage is the first that fits below them. */
  readonly below?: readonly string[];
  /** The passage ends the file. */
  readonly atEnd?: true;
  /** The hunks of this file stand in the order of the file. */
  readonly inOrder?: true;
  /** A replacement that changes nothing is a mistake. */
  readonly mustChange?: true;
}

/** How a hunk's place was found, strictest first. */
export const rungs = ['exact', 'line-ends', 'trailing-space', 'indentation', 'punctuation', 'fuzzy'] as const;
export type Rung = (typeof rungs)[number];

export type EditErrorCode =
  /** The reply holds no edit that could be read. */
  | 'no-edit'
  /** The reply breaks off inside an edit. */
  | 'truncated'
  /** A marker or header stands where it cannot. */
  | 'malformed'
  | 'not-found'
  /** Several places fit alike. */
  | 'ambiguous'
  /** Two hunks want the same lines. */
  | 'overlap'
  | 'no-change'
  | 'no-such-file'
  | 'file-exists'
  /** The file's encoding has no bytes for a character of the edit. */
  | 'unencodable';

/** Why nothing was changed: for the user and, word for word, for the model that is to try again. */
export interface EditError {
  readonly code: EditErrorCode;
  readonly message: string;
  readonly path?: string;
  /** Which hunk of the file, from 1. */
  readonly hunk?: number;
  /** What stands in the file where the hunk was probably meant, with its first line's number from 1. */
  readonly nearest?: { readonly line: number; readonly text: string };
}

/** Offsets into the text before; changes of one file do not touch each other and are in order. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface EditOptions {
  /** Likeness from 0 to 1 from which a passage counts as found; 1 = nothing but the letters that are there. */
  readonly fuzzyThreshold?: number;
  /** How far from the line a reply names a passage may be; absent = anywhere, if there is but one. */
  readonly linesAround?: number;
}
