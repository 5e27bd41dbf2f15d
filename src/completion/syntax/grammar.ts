import type { Syntax } from './languages.ts';
import type { Token } from './scan.ts';

/** What completion needs of a parser; who implements it decides which one it is. Indices count UTF-16 code units. */
export interface SyntaxReaders {
  /** Undefined where there is no grammar, or not yet: asking for it begins to load it, and nobody waits. */
  readerFor(languageId: string): SyntaxReader | undefined;
}

export interface SyntaxReader {
  /** Of a text that is to come behind `prefix`; to be closed. */
  open(prefix: string, syntax: Syntax): SyntaxReading;
}

/** One text at one cursor, read again at each of its lines. */
export interface SyntaxReading {
  /**
   * Of the complete lines of `text`, or of all of it where nothing more will come.
   * Undefined where the file or the text is broken: a grammar that guesses would cut valid texts.
   */
  judge(text: string, ended: boolean): Judgement | undefined;
  close(): void;
}

/** What the grammar says of a text that has come so far. */
export interface Judgement {
  /** Brackets of the text, without those in strings and comments. */
  readonly tokens: readonly Token[];
  /** Where what the cursor is in has ended, when something else has begun behind it. */
  readonly end: number | undefined;
}

export interface SyntaxParser {
  readonly languageId: string;
  /**
   * Reads `text`; quickly where `previous`, which is used up by this, has most of it already.
   * Undefined: it would take too long.
   */
  parse(text: string, previous?: SyntaxTree): SyntaxTree | undefined;
}

export interface SyntaxTree {
  readonly text: string;
  readonly root: SyntaxNode;
  /** Gives its memory back; no node of it may be used after this. */
  close(): void;
}

export interface SyntaxNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly startPosition: { readonly row: number };
  readonly parent: SyntaxNode | null;
  readonly childCount: number;
  readonly isNamed: boolean;
  /** Text that no rule of the language has a place for. */
  readonly isError: boolean;
  /** Not in the text: the parser had to think it up. */
  readonly isMissing: boolean;
  /** There is an error in it. */
  readonly hasError: boolean;
  child(index: number): SyntaxNode | null;
  descendantForIndex(start: number, end: number): SyntaxNode | null;
}
