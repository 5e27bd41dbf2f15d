import type { Syntax } from './languages.ts';

/** What a position is inside of: plain code, a comment, or a string with its quote. */
export type Within = 'code' | 'line-comment' | 'block-comment' | (string & {});

export type Token =
  | { readonly kind: 'open'; readonly index: number; readonly bracket: string }
  | { readonly kind: 'close'; readonly index: number; readonly bracket: string }
  /** The string, begun before `text`, ends here. */
  | { readonly kind: 'string-end'; readonly index: number; readonly quote: string };

export interface Scan {
  readonly tokens: readonly Token[];
  readonly end: Within;
}

const partner: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const isOpener = (character: string): boolean => character === '(' || character === '[' || character === '{';

/** The opening bracket that `closer` closes. */
export const openerOf = (closer: string): string => partner[closer] ?? '';

/** Reads brackets and strings, starting inside of `start`. Brackets in strings and comments do not count. */
export function scan(text: string, syntax: Syntax, start: Within = 'code'): Scan {
  const tokens: Token[] = [];
  let within: Within = start;
  let index = 0;
  let inherited = start !== 'code';
  if (syntax.prose) return { tokens, end: 'code' };
  const marks = marksOf(syntax);
  while (index < text.length) {
    if (within === 'code') {
      marks.lastIndex = index;
      index = marks.exec(text)?.index ?? text.length;
    } else if (within === 'line-comment') {
      const lineEnd = text.indexOf('\n', index);
      index = lineEnd < 0 ? text.length : lineEnd;
    }
    const character = text.charAt(index);
    if (character === '') break;
    if (character === '\n') {
      // An unclosed short string ends with its line, as does a comment.
      if (within === 'line-comment' || syntax.quotes.includes(within)) within = 'code';
      inherited = false;
      index += 1;
    } else if (character === '\\' && within !== 'block-comment') {
      index += 2;
    } else if (within === 'block-comment') {
      const closing = syntax.blockComment?.[1] ?? '';
      if (closing !== '' && text.startsWith(closing, index)) {
        within = 'code';
        index += closing.length;
      } else index += 1;
    } else if (within !== 'code') {
      if (text.startsWith(within, index)) {
        if (inherited) tokens.push({ kind: 'string-end', index, quote: within });
        inherited = false;
        index += within.length;
        within = 'code';
      } else index += 1;
    } else {
      const opened = openingAt(text, index, syntax);
      if (opened) {
        within = opened.within;
        index += opened.length;
        continue;
      }
      if (isOpener(character)) tokens.push({ kind: 'open', index, bracket: character });
      else if (partner[character] !== undefined) tokens.push({ kind: 'close', index, bracket: character });
      index += 1;
    }
  }
  return { tokens, end: within };
}

const marksKnown = new WeakMap<Syntax, RegExp>();

/** Finds the next character of plain code that may mean something; most do not. */
function marksOf(syntax: Syntax): RegExp {
  const known = marksKnown.get(syntax);
  if (known) return known;
  const { lineComments, blockComment, longQuotes, quotes } = syntax;
  const beginnings = [...lineComments, ...(blockComment ?? []).slice(0, 1), ...longQuotes, ...quotes];
  const characters = new Set([
    '\n',
    '\\',
    ...'()[]{}',
    ...(syntax.regex ? ['/'] : []),
    ...(syntax.charQuote ? ["'"] : []),
  ]);
  for (const beginning of beginnings) characters.add(beginning.charAt(0));
  const marks = new RegExp(
    `[${[...characters].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}]`,
    'g',
  );
  marksKnown.set(syntax, marks);
  return marks;
}

/** A comment or string that begins at `index`. A short string has to close on its line, unless the text ends there. */
function openingAt(
  text: string,
  index: number,
  syntax: Syntax,
): { readonly within: Within; readonly length: number } | undefined {
  for (const mark of syntax.lineComments) {
    if (text.startsWith(mark, index) && !isPartOfAddress(text, index, mark))
      return { within: 'line-comment', length: mark.length };
  }
  const block = syntax.blockComment;
  if (block && text.startsWith(block[0], index)) return { within: 'block-comment', length: block[0].length };
  for (const quote of syntax.longQuotes) {
    if (text.startsWith(quote, index)) return { within: quote, length: quote.length };
  }
  const character = text.charAt(index);
  if (character === '/' && syntax.regex) return regexAt(text, index);
  if (syntax.charQuote && character === "'") {
    const literal = /^'(?:\\[^\n]{1,9}?|[^\\'\n])'/.exec(text.slice(index, index + 12));
    return literal ? { within: 'code', length: literal[0].length } : undefined;
  }
  if (!syntax.quotes.includes(character)) return undefined;
  const lineEnd = text.indexOf('\n', index);
  return lineEnd < 0 || closesBefore(text, index, lineEnd) ? { within: character, length: 1 } : undefined;
}

/** A regular expression is where a value may begin, and ends on its line; else the slash divides. */
function regexAt(text: string, index: number): { readonly within: Within; readonly length: number } | undefined {
  const before = text.slice(text.lastIndexOf('\n', index) + 1, index).trimEnd();
  if (before !== '' && !/(?:[(,=:[!&|?{};+~>]|\b(?:return|typeof|case|in|of|and|or|not|if|unless|when))$/.test(before))
    return undefined;
  const literal = /^\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/.exec(text.slice(index, index + 500));
  return literal ? { within: 'code', length: literal[0].length } : undefined;
}

function closesBefore(text: string, opening: number, lineEnd: number): boolean {
  const quote = text.charAt(opening);
  for (let index = opening + 1; index < lineEnd; index++) {
    const character = text.charAt(index);
    if (character === '\\') index += 1;
    else if (character === quote) return true;
  }
  return false;
}

/** `//` after a colon is an address, and `#` inside of a word or a colour no comment. */
function isPartOfAddress(text: string, index: number, mark: string): boolean {
  const before = text.charAt(index - 1);
  if (mark === '//') return before === ':';
  if (mark === '#') return before !== '' && !/\s/.test(before);
  return false;
}
