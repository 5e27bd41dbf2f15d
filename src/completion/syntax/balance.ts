import type { Syntax } from './languages.ts';
import { openerOf, scan, type Token, type Within } from './scan.ts';

/** A bracket that is open at the cursor. */
export interface Opener {
  readonly bracket: string;
  /** Width of the leading blanks of its line. */
  readonly indent: number;
}

/** A bracket after the cursor that closes something before it. */
export interface Closer extends Opener {
  readonly onCursorLine: boolean;
}

/** Brackets of `prefix` still open at its end, innermost last, and what the cursor is inside of. */
export function openAt(prefix: string, syntax: Syntax): { readonly open: readonly Opener[]; readonly within: Within } {
  const { tokens, end } = scan(prefix, syntax);
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind === 'open') open.push(token);
    else if (token.kind === 'close') popMatching(open, token.bracket);
  }
  return {
    open: open.map((token) => ({
      bracket: token.kind === 'open' ? token.bracket : '',
      indent: indentAt(prefix, token.index),
    })),
    within: end,
  };
}

/** Brackets of `suffix` that close what was opened before it, in their order. */
export function unmatchedClosers(suffix: string, syntax: Syntax, within: Within): readonly Closer[] {
  const found: Closer[] = [];
  const open: string[] = [];
  const lineEnd = endOfLine(suffix, 0);
  for (const token of scan(suffix, syntax, within).tokens) {
    if (token.kind === 'open') open.push(token.bracket);
    else if (token.kind === 'close' && open.pop() === undefined) {
      found.push({
        bracket: token.bracket,
        indent: indentAt(suffix, token.index),
        onCursorLine: token.index < lineEnd,
      });
    }
  }
  return found;
}

/**
 * How many of the brackets open at the cursor nothing closes yet. A block's end is known by its kind and indentation,
 * wherever it is below; parentheses and lists are laid out too freely for that: only the next line can close them.
 */
export function missingClosers(
  open: readonly Opener[],
  closers: readonly Closer[],
  linesAfter: readonly string[],
  syntax: Syntax,
): number {
  const here = closers.filter((closer) => closer.onCursorLine).length;
  const remaining = open.slice(0, Math.max(0, open.length - here)).reverse();
  const next = linesAfter.find((line) => line.trim() !== '');
  const firstBlock = remaining.findIndex((opener) => opener.bracket === '{' && !syntax.offside);
  const free = firstBlock < 0 ? remaining.length : firstBlock;
  if (free > 0 && !/^\s*[)\]}]/.test(next ?? ''))
    return free + missingBlocks(remaining.slice(free), closers, undefined);
  return missingBlocks(remaining, closers, next);
}

function missingBlocks(open: readonly Opener[], closers: readonly Closer[], next: string | undefined): number {
  const first = closers.find((closer) => !closer.onCursorLine);
  const [innermost] = open;
  if (!first) {
    // A deeper line after the cursor says that the block goes on there.
    return innermost && next !== undefined && indentOf(next) > innermost.indent ? 0 : open.length;
  }
  const ofItsKind = (opener: Opener): boolean => opener.bracket === openerOf(first.bracket);
  const sameIndent = (opener: Opener): boolean => ofItsKind(opener) && opener.indent === first.indent;
  // A namespace does not indent what it holds: where the next line is no deeper, the outer of the two is closed.
  const left =
    innermost !== undefined && next !== undefined && !/^\s*[)\]}]/.test(next) && indentOf(next) <= innermost.indent;
  const exact = left ? open.findLastIndex(sameIndent) : open.findIndex(sameIndent);
  const paired = exact >= 0 ? exact : open.findIndex((opener) => ofItsKind(opener) && opener.indent < first.indent);
  return paired >= 0 ? paired : open.length;
}

export function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

function popMatching(open: Token[], closer: string): void {
  const wanted = openerOf(closer);
  for (let index = open.length - 1; index >= 0; index--) {
    const token = open[index];
    if (token?.kind === 'open' && token.bracket === wanted) {
      open.length = index;
      return;
    }
  }
}

function indentAt(text: string, index: number): number {
  return indentOf(text.slice(text.lastIndexOf('\n', index) + 1, index));
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
