import type { TokenizerAndRendererExtension, Tokens } from 'marked';

/** A formula as it was written, found between `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. */
export interface MathToken extends Tokens.Generic {
  readonly tex: string;
  readonly display: boolean;
}

const longestInline = 1000;
/** Shorter than what `Limits` calls long, so that a formula is whole before a part of it is taken for a long block. */
const longestBlock = 2000;

/** A price, not a formula: `$5 and $6`, `$20k, or 30$`. */
const price = /^\d[\d.,]*(?:[kKmMbB]n?|%)?(?:[,;:.]?\s+[a-z]{2,}|\s*[-–/]\s*$|$)/i;

/** `$…$` hugs what is in it, and stands by itself: not in `US$5`, `$HOME/$USER` or `a$b$c`. */
const dollars = /^\$(?![\s$])((?:\\[^\n]|[^\\$\n]|\n(?!\s*\n))+?)(?<!\s)\$(?![\w$])/;
const doubleDollars = /^\$\$((?:\\[^\n]|[^\\$\n]|\$(?!\$)|\n(?![ \t]*\n))+?)\$\$/;
const round = /^\\\(((?:(?!\\\))[^\n]|\n(?![ \t]*\n))+?)\\\)/;
const square = /^\\\[((?:(?!\\\])[^\n]|\n(?![ \t]*\n))+?)\\\]/;

const mayBegin = /(?<![\w$\\])\$|\\[([]/;

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Drawn by the page, which finds it by its class; until then it is shown as it was written. */
const render = (token: Tokens.Generic): string =>
  `<code class="${token['display'] ? 'math-display' : 'math-inline'}">${escapeHtml(String(token['tex']))}</code>`;

export const inlineMath: TokenizerAndRendererExtension = {
  name: 'inlineMath',
  level: 'inline',
  // Looks no further than a formula is long: what is not found there is asked for again from there.
  start(source) {
    const near = source.slice(0, longestInline);
    const found = near.includes('$') || near.includes('\\') ? near.search(mayBegin) : -1;
    return found >= 0 ? found : source.length > longestInline ? longestInline : undefined;
  },
  tokenizer(source): MathToken | undefined {
    const near = source.slice(0, longestInline);
    const display = doubleDollars.exec(near) ?? square.exec(near);
    const found = display ?? round.exec(near) ?? dollars.exec(near);
    const tex = found?.[1];
    if (found === null || tex === undefined || tex.trim() === '') return undefined;
    if (found[0].startsWith('$') && display === null && price.test(tex) && !/^\d+$/.test(tex)) return undefined;
    return { type: 'inlineMath', raw: found[0], tex: tex.trim(), display: display !== null };
  },
  renderer: render,
};

const block =
  /^ {0,3}(?:\$\$((?:[^$\n]|\\\$|\$(?!\$)|\n(?![ \t]*(?:\n|`{3}|~{3})))+?)\$\$|\\\[((?:(?!\\\])[^\n]|\n(?![ \t]*(?:\n|`{3}|~{3})))+?)\\\])[ \t]*(?:\n|$)/;

/** A formula on lines of its own. It ends before a blank line: none is allowed in it, and so it is soon known for what it is. */
export const blockMath: TokenizerAndRendererExtension = {
  name: 'blockMath',
  level: 'block',
  start(source) {
    const near = source.slice(0, longestBlock);
    if (!near.includes('$$') && !near.includes('\\[')) return undefined;
    const end = /\n[ \t]*\n/.exec(near)?.index ?? longestBlock;
    const found = source.slice(0, end).search(/\n {0,3}(?:\$\$|\\\[)/);
    return found >= 0 ? found + 1 : undefined;
  },
  tokenizer(source): MathToken | undefined {
    const found = block.exec(source.slice(0, longestBlock));
    const tex = found?.[1] ?? found?.[2];
    if (found === null || tex === undefined || tex.trim() === '') return undefined;
    return { type: 'blockMath', raw: found[0], tex: tex.trim(), display: true };
  },
  renderer: (token) => `<p>${render(token)}</p>`,
};
