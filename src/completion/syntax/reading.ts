import type { Judgement, SyntaxNode, SyntaxParser, SyntaxReading, SyntaxTree } from './grammar.ts';
import type { Syntax } from './languages.ts';
import { hasHead, isComment, isDefinition, isLeading, isList } from './node-kinds.ts';
import { headOf, tailOf } from './parse-window.ts';
import type { Token } from './scan.ts';

const nothingSaid: Judgement = { tokens: [], end: undefined };
/** After so many lines that the grammar can make nothing of, simpler rules take over. */
const patience = 2;

/**
 * One text at one cursor, read again at each of its lines. Says nothing where the file or the text is broken:
 * a grammar that guesses would cut valid texts.
 */
export class ParsedReading implements SyntaxReading {
  readonly #parser: SyntaxParser;
  readonly #head: string;
  readonly #syntax: Syntax;
  #tree: SyntaxTree | undefined;
  #judged: { readonly text: string; readonly judgement: Judgement | undefined } | undefined;
  #tooSlow = false;
  /** Lines since the grammar last said something; many where it never did. */
  #unsureLines = Number.POSITIVE_INFINITY;

  constructor(parser: SyntaxParser, prefix: string, syntax: Syntax) {
    this.#parser = parser;
    this.#head = headOf(prefix, parser.languageId);
    this.#syntax = syntax;
  }

  /** Of the complete lines of `text`, or of all of it where nothing more will come. */
  judge(text: string, ended: boolean): Judgement | undefined {
    const lines = ended ? text : text.slice(0, text.lastIndexOf('\n') + 1);
    if (lines === '') return undefined;
    if (this.#judged?.text !== lines) this.#judged = { text: lines, judgement: this.#read(lines) };
    const { judgement } = this.#judged;
    // A statement that is only begun looks broken: `catch (e)` before its brace.
    return judgement ?? (!ended && this.#unsureLines <= patience ? nothingSaid : undefined);
  }

  close(): void {
    this.#tree?.close();
    this.#tree = undefined;
  }

  #read(lines: string): Judgement | undefined {
    if (this.#tooSlow) return undefined;
    const written = this.#head + lines;
    this.#tree = this.#parser.parse(written + tailOf(written, this.#syntax, this.#parser.languageId), this.#tree);
    this.#tooSlow = this.#tree === undefined;
    const judgement = this.#tree && judgementOf(this.#tree, this.#head.length, written.length);
    this.#unsureLines = judgement ? 0 : this.#unsureLines + 1;
    return judgement;
  }
}

function judgementOf({ root, text }: SyntaxTree, cursor: number, written: number): Judgement | undefined {
  const around = root.descendantForIndex(Math.max(0, cursor - 1), cursor + 1);
  if (!around || hasErrorAround(around)) return undefined;
  const unit = unitAt(around, cursor);
  const end = unit && endOf(unit, text, written, cursor);
  const first = end ?? firstDefinitionEnd(around, text, written, cursor);
  if (hasErrorBetween(root, unit ? Math.min(unit.startIndex, cursor) : cursor, written)) return undefined;
  return { tokens: tokensBetween(root, cursor, written), end: first === undefined ? undefined : first - cursor };
}

function hasErrorAround(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (at.isError) return true;
  return false;
}

function hasErrorBetween(node: SyntaxNode, from: number, to: number): boolean {
  if (!node.hasError || node.endIndex < from || node.startIndex >= to) return false;
  if (node.isMissing || node.isError) return true;
  for (let index = 0; index < node.childCount; index++) {
    const child = node.child(index);
    if (child && hasErrorBetween(child, from, to)) return true;
  }
  return false;
}

/** The statement or member the cursor is in the middle of; a comment and a documentation string are none. */
function unitAt(around: SyntaxNode, cursor: number): SyntaxNode | undefined {
  let node: SyntaxNode | null = around;
  while (node && !(node.startIndex < cursor && cursor < node.endIndex)) node = node.parent;
  const unit = node ? statementOf(node) : undefined;
  return unit && isDocumentation(unit) && unit.parent ? statementOf(unit.parent) : unit;
}

/** The nearest statement that `node` is, or is part of. */
function statementOf(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode = node;
  for (;;) {
    const { parent } = at;
    if (!parent) return undefined;
    if (isItemOf(parent, at)) return at;
    at = parent;
  }
}

function isItemOf(list: SyntaxNode, node: SyntaxNode): boolean {
  if (!isList(list) || isLeading(node) || isList(node)) return false;
  // `#if X` and `case x:` hold what they ask for beside their statements.
  return !hasHead(list) || node.startPosition.row > list.startPosition.row;
}

function isDocumentation(node: SyntaxNode): boolean {
  return node.type === 'expression_statement' && node.childCount === 1 && node.child(0)?.type === 'string';
}

/** The end of the line that `unit` ends on, when a line of something else follows; closing lines go along. */
function endOf(unit: SyntaxNode, text: string, written: number, cursor: number): number | undefined {
  if (unit.endIndex > written) return undefined;
  const end = lineEndBehind(text, unit.endIndex, written);
  if (end === undefined || (!/[\p{L}\p{N}_]/u.test(text.slice(cursor, end)) && !text.slice(cursor, end).includes('\n')))
    return undefined;
  const next = nextAfter(unit, text, end, written);
  if (!next) return undefined;
  if (goesOn.test(text.slice(next.leaf.startIndex, next.leaf.endIndex))) return undefined;
  const closed = closedBy(next.leaf, unit);
  if (!closed) return next.end;
  const outer = statementOf(closed);
  return outer && endOf(outer, text, written, cursor);
}

/** Words that never begin a statement. */
const goesOn = /^(?:else|elif|elsif|catch|except|finally|rescue|ensure|when|and|or)$/;

/** Behind a statement only its own marks and a comment may stand on its line. */
function lineEndBehind(text: string, index: number, written: number): number | undefined {
  const lineEnd = text.indexOf('\n', index - (text.charAt(index - 1) === '\n' ? 1 : 0));
  const end = lineEnd < 0 ? written : Math.min(lineEnd, written);
  return /^[ \t]*[;,]?[ \t]*(?:(?:\/\/|#|\/\*).*)?$/.test(text.slice(index, end)) ? end : undefined;
}

/** The first thing behind `end` that is no comment, and where the unit ends with the comments inside of its block. */
function nextAfter(unit: SyntaxNode, text: string, end: number, written: number): Next | undefined {
  let root = unit;
  while (root.parent) root = root.parent;
  const column = columnOf(text, unit.startIndex);
  let ownEnd = end;
  let index = end;
  for (;;) {
    while (index < written && /\s/.test(text.charAt(index))) index += 1;
    if (index >= written) return undefined;
    const leaf = root.descendantForIndex(index, index + 1);
    if (!leaf) return undefined;
    if (!isComment(leaf) || leaf.endIndex <= index) return { leaf, end: ownEnd };
    const isOwn = columnOf(text, index) > column && !text.slice(end, index).includes('\n\n');
    index = leaf.endIndex;
    if (isOwn) ownEnd = text.slice(0, index).trimEnd().length;
  }
}

interface Next {
  readonly leaf: SyntaxNode;
  readonly end: number;
}

const columnOf = (text: string, index: number): number => index - text.lastIndexOf('\n', index - 1) - 1;

/** The node around `unit` whose last token `leaf` is. */
function closedBy(leaf: SyntaxNode, unit: SyntaxNode): SyntaxNode | undefined {
  if (leaf.isNamed) return undefined;
  const { parent } = leaf;
  const closes = parent && parent.endIndex === leaf.endIndex && parent.startIndex < unit.startIndex;
  return closes ? parent : undefined;
}

/** Where the cursor stands among the declarations of the file: the end of the first the text brings, when another follows. */
function firstDefinitionEnd(around: SyntaxNode, text: string, written: number, cursor: number): number | undefined {
  let list: SyntaxNode = around;
  while (list.parent && !(isList(list) && list.startIndex < cursor && cursor < list.endIndex)) list = list.parent;
  // The members of a class are wanted together.
  if (list.parent !== null) return undefined;
  for (let index = 0; index < list.childCount; index++) {
    const item = list.child(index);
    if (!item || item.startIndex < cursor || !isDefinition(item, text)) continue;
    if (item.endIndex > written) return undefined;
    const end = lineEndBehind(text, item.endIndex, written);
    const next = end === undefined ? undefined : nextAfter(item, text, end, written);
    return next && !closedBy(next.leaf, item) ? next.end : undefined;
  }
  return undefined;
}

/** Brackets and the words that stand for them, at their places behind the cursor. */
function tokensBetween(root: SyntaxNode, from: number, to: number): readonly Token[] {
  const tokens: Token[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.endIndex <= from || node.startIndex >= to) return;
    if (node.childCount === 0) {
      const index = node.startIndex - from;
      const kind = index < 0 ? undefined : kindOf(node);
      if (kind) tokens.push({ ...kind, index });
      return;
    }
    if (node.startIndex >= from && node.child(node.childCount - 1)?.type === 'end')
      tokens.push({ kind: 'open', index: node.startIndex - from, bracket: '{' });
    for (let index = 0; index < node.childCount; index++) {
      const child = node.child(index);
      if (child) visit(child);
    }
  };
  visit(root);
  return tokens;
}

function kindOf({ type }: SyntaxNode): { readonly kind: 'open' | 'close'; readonly bracket: string } | undefined {
  switch (type) {
    case '(':
    case '[':
      return { kind: 'open', bracket: type };
    case '{':
    case '${':
    case '#{':
      return { kind: 'open', bracket: '{' };
    case 'end':
      return { kind: 'close', bracket: '}' };
    case ')':
    case ']':
    case '}':
      return { kind: 'close', bracket: type };
    default:
      return undefined;
  }
}
