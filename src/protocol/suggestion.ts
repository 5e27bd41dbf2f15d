/** What opens the list: `@` anywhere in a message, `/` as its first character. */
export type SuggestTrigger = '@' | '/';

export interface SuggestionGroup {
  /** Empty = no heading. */
  readonly label: string;
  readonly suggestions: readonly Suggestion[];
}

/** An entry of the list above the composer. Its order is the host's: best first. */
export interface Suggestion {
  /** Unique in its list. */
  readonly id: string;
  readonly icon: SuggestionIcon;
  readonly label: string;
  readonly detail?: string;
  /** Why it cannot be chosen. */
  readonly unavailable?: string;
  readonly chosen: SuggestionEffect;
}

/** What becomes of the trigger and the query behind it, and of the draft. */
export type SuggestionEffect =
  /** `text` stands in their place; the host is told to attach `mention`. */
  | { readonly type: 'attach'; readonly mention: string; readonly text: string }
  /** `text` stands in their place. */
  | { readonly type: 'insert'; readonly text: string }
  /** `text` stands in their place, and the list goes on with what is behind its trigger. */
  | { readonly type: 'narrow'; readonly text: string }
  /** They go, and `text` is sent as a message of its own, e.g. `/clear`; the rest of the draft stays. */
  | { readonly type: 'send'; readonly text: string };

/** Icons of the codicon font. */
export type SuggestionIcon =
  | 'file'
  | 'folder'
  | 'symbol-class'
  | 'selection'
  | 'files'
  | 'warning'
  | 'diff'
  | 'git-commit'
  | 'terminal'
  | 'globe'
  | 'file-media'
  | 'notebook';
