import type { EditError, FileEdit } from '../edit.ts';

/** Reads one format of edits, line by line; the work for a line does not grow with what came before. */
export interface FormatReader {
  /** One line without its end; `raw` still has the carriage return it may have. Lines after a mistake change nothing. */
  line(text: string, raw: string): void;
  /** The edits whose text has come whole, in the order of the reply; grows as lines come. */
  readonly complete: readonly FileEdit[];
  /** What is being read just now, for showing it as it comes. */
  readonly open: OpenEdit | undefined;
  /** After the last line: everything, or why nothing of it counts. */
  end(): ReadEdits;
}

export interface OpenEdit {
  readonly path?: string;
  readonly search: string;
  /** Absent = the text to look for has not come whole. */
  readonly replace?: string;
}

export type ReadEdits = { readonly edits: readonly FileEdit[] } | { readonly error: EditError };
