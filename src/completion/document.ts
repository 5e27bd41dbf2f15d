import type { ModelRef } from '../llm/model-ref.ts';

/** The file being typed in, as the engine needs it: bounded pieces on demand, never the whole text. */
export interface CompletionDocument {
  readonly uri: string;
  /** Relative to its workspace folder, with `/`; the file name where there is none. */
  readonly path: string;
  readonly languageId: string;
  readonly eol: '\n' | '\r\n';
  /** As the editor indents this file; absent = not known. */
  readonly indentation?: Indentation;
  readonly readOnly: boolean;
  readonly length: number;
  /** The text between two offsets; offsets beyond an end count as that end. */
  text(start: number, end: number): string;
}

export interface Indentation {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/** One replacement in a document, as the editor reports it after the fact. */
export interface DocumentChange {
  readonly offset: number;
  readonly removedLength: number;
  readonly insertedText: string;
}

/** What the editor asks: a suggestion at `offset`. */
export interface CompletionQuery {
  readonly offset: number;
  /** `invoke`: the user asked for it by key or command. */
  readonly trigger: 'automatic' | 'invoke';
  readonly cursors: number;
  readonly selected?: SelectedItem;
}

/** What the open suggest widget would insert: `text` in place of the range. */
export interface SelectedItem {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Ghost text: `text` goes in place of `replaceBefore` characters left and `replaceAfter` right of the cursor. */
export interface Suggestion {
  readonly id: number;
  readonly text: string;
  readonly replaceBefore: number;
  readonly replaceAfter: number;
  readonly model: ModelRef;
  /** The suggest widget's item is another one: the editor shows none of it before it is this one's again. */
  readonly heldBack?: true;
  /** The suggestion that `text` ends with: this one is nearly typed, and what comes next is known. */
  readonly followedBy?: Suggestion;
}
