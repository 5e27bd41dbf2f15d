import { indentOf } from './balance.ts';
import type { Syntax } from './languages.ts';
import { openRubyBlocks } from './ruby-blocks.ts';
import { scan } from './scan.ts';

/** Of the text above the cursor this much is parsed, and the lines that the blocks around it begin with. */
const windowCharacters = 3000;
const mostHeadLines = 40;

/** The end of `prefix`, led in by the beginnings of the blocks it is in, so that it parses as the whole file would. */
export function headOf(prefix: string, languageId: string): string {
  const lead = languageId === 'php' && !/<\?(?:php|=)/.test(prefix) ? '<?php\n' : '';
  if (prefix.length <= windowCharacters) return lead + prefix;
  const start = prefix.indexOf('\n', prefix.length - windowCharacters) + 1;
  if (start === 0) return lead + prefix.slice(-windowCharacters);
  const near = prefix.slice(start);
  const above = prefix.slice(0, start - 1).split('\n');
  return lead + beginningsAbove(above, leastIndent(near)).join('') + near;
}

/** From the last line up: every line less indented than all below it, with the rest of a head of several lines. */
function beginningsAbove(above: readonly string[], below: number): readonly string[] {
  const found: string[] = [];
  let indent = below;
  let closing: number | undefined;
  for (let index = above.length - 1; index >= 0 && found.length < mostHeadLines; index--) {
    const line = above[index] ?? '';
    const own = indentOf(line);
    if (line.trim() === '' || /^\s*#\w/.test(line)) continue;
    if (closing === undefined && own >= indent) {
      if (indent === 0) break;
      continue;
    }
    found.unshift(`${line}\n`);
    // `) {` and `} else {` belong to a line above with the same indentation.
    const closes = /^\s*(?:[)\]}]|else\b|elif\b|elsif\b|catch\b|except\b|rescue\b|finally\b|ensure\b|when\b)/.test(
      line,
    );
    if (closes && (closing === undefined || own <= closing)) closing = own;
    else if (closing !== undefined && own <= closing) closing = undefined;
    indent = Math.min(indent, own);
  }
  return found;
}

function leastIndent(text: string): number {
  const indents = text.split('\n').flatMap((line) => (line.trim() === '' || /^#\w/.test(line) ? [] : [indentOf(line)]));
  return Math.min(...indents, 1000);
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** What would close everything open at the end of `text`. */
export function tailOf(text: string, syntax: Syntax, languageId: string): string {
  const { tokens, end } = scan(text, syntax);
  const open: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'open') open.push(token.bracket);
    else if (token.kind === 'close') {
      const partner = open.lastIndexOf(token.bracket === ')' ? '(' : token.bracket === ']' ? '[' : '{');
      if (partner >= 0) open.length = partner;
    }
  }
  const mark = end === 'block-comment' ? (syntax.blockComment?.[1] ?? '') : syntax.longQuotes.includes(end) ? end : '';
  const brackets = open.reverse().map((bracket) => closerOf[bracket] ?? '');
  const keywords = languageId === 'ruby' ? 'end\n'.repeat(openRubyBlocks(text)) : '';
  const conditions = preprocessed.has(languageId) ? '\n#endif\n'.repeat(openConditions(text)) : '';
  return `${mark}\n${brackets.join('')}\n${keywords}${conditions}`;
}

const preprocessed = new Set(['c', 'cpp', 'csharp']);

function openConditions(text: string): number {
  let depth = 0;
  for (const [, word] of text.matchAll(/^[ \t]*#[ \t]*(if|endif)/gm))
    depth = Math.max(0, depth + (word === 'if' ? 1 : -1));
  return depth;
}
