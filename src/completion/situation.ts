import type { Indentation } from './document.ts';
import { type Closer, missingClosers, type Opener, openAt, unmatchedClosers } from './syntax/balance.ts';
import type { SyntaxReader, SyntaxReading } from './syntax/grammar.ts';
import { type Syntax, syntaxOf } from './syntax/languages.ts';
import { missingEnds } from './syntax/missing-ends.ts';
import { isOneLine } from './syntax/one-line.ts';
import type { Within } from './syntax/scan.ts';

/** Everything a filter may look at besides the model's text. All line ends are `\n`. */
export interface Situation {
  readonly prefix: string;
  readonly suffix: string;
  /** The cursor's line, left and right of the cursor. */
  readonly linePrefix: string;
  readonly lineSuffix: string;
  /** Lines after the cursor's line. */
  readonly linesAfter: readonly string[];
  readonly syntax: Syntax;
  readonly prose: boolean;
  /** What the cursor is inside of. */
  readonly within: Within;
  readonly open: readonly Opener[];
  readonly closers: readonly Closer[];
  /** Brackets open at the cursor that nothing after it closes. */
  readonly missing: number;
  readonly maxLines: number;
  readonly eol: '\n' | '\r\n';
  readonly indentation?: Indentation;
  /** `chat`: the model was asked in words and may answer in words. */
  readonly answer: 'fim' | 'chat';
  /** Tokens of the model's own family, besides those every model's text is rid of. */
  readonly specialTokens: readonly string[];
  /** The language's grammar, where there is one and it is loaded. */
  readonly grammar?: SyntaxReader;
  /** While a text comes: what the grammar says of it. */
  readonly reading?: SyntaxReading;
}

export interface SituationInput {
  readonly prefix: string;
  readonly suffix: string;
  readonly languageId: string;
  readonly maxLines: number;
  readonly eol: '\n' | '\r\n';
  readonly indentation?: Indentation;
  readonly answer: 'fim' | 'chat';
  readonly specialTokens: readonly string[];
  readonly grammar?: SyntaxReader;
}

/** Reads once what all filters need. `prefix` and `suffix` are windows, not the whole file. */
export function describeSituation(input: SituationInput): Situation {
  const { prefix, suffix } = input;
  const syntax = syntaxOf(input.languageId);
  const linePrefix = prefix.slice(prefix.lastIndexOf('\n') + 1);
  const [lineSuffix = '', ...linesAfter] = suffix.split('\n');
  const { open, within } = openAt(prefix, syntax);
  const closers = unmatchedClosers(suffix, syntax, within);
  return {
    prefix,
    suffix,
    linePrefix,
    lineSuffix,
    linesAfter,
    syntax,
    prose: syntax.prose === true,
    within,
    open,
    closers,
    missing: missingClosers(open, closers, linesAfter, syntax) + missingEnds(prefix, linesAfter, input.languageId),
    maxLines: isOneLine(prefix, suffix, input.languageId) ? 1 : input.maxLines,
    eol: input.eol,
    ...(input.indentation && { indentation: input.indentation }),
    answer: input.answer,
    specialTokens: input.specialTokens,
    ...(input.grammar && { grammar: input.grammar }),
  };
}
