import type { Token, Tokens } from 'marked';
import type { ComponentChild, ComponentChildren } from 'preact';
import { CodeBlock } from '../code/code-block.tsx';
import { drawElement } from './elements.tsx';
import { fileNamed } from './file-named.ts';

/** Deeper ones take the long way, which has an answer to nesting without end. */
const deepest = 100;

/**
 * Whether a block can be drawn from its tokens alone, which is many times quicker than through HTML. One that has HTML in
 * it, or something a reader of HTML would read otherwise than it stands, has to go through the sanitiser.
 */
export const isPlainMarkdown = (block: Token): boolean => isPlain(block, 0);

const drawn = new Set(
  'space hr heading code table blockquote list list_item checkbox paragraph text strong em del codespan br link'.split(
    ' ',
  ),
);
const entity = /&#?\w+;|\0/;

function isPlain(token: Token, depth: number): boolean {
  if (depth > deepest) return false;
  if (token.type === 'inlineMath' || token.type === 'blockMath') return !String(token['tex']).includes('\0');
  if (token.type === 'escape') return !token.raw.includes('\0');
  if (!drawn.has(token.type)) return false;
  const inside = childrenOf(token);
  if (token.type === 'link' && (entity.test(token.raw) || cleanUrl(String(token['href'])) === undefined)) return false;
  if (token.type === 'code') return !entity.test(String(token['lang'] ?? '')) && !token.raw.includes('\0');
  if (token.type === 'codespan') return !token.raw.includes('\0');
  if (inside === undefined) return !('escaped' in token && token.escaped === true) && !entity.test(token.raw);
  return inside.every((child) => isPlain(child, depth + 1));
}

function childrenOf(token: Token): readonly Token[] | undefined {
  switch (token.type) {
    case 'list':
      return (token as Tokens.List).items;
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [header, ...rows].flatMap((row) => row.flatMap(({ tokens }) => tokens));
    }
    default:
      return 'tokens' in token ? token.tokens : undefined;
  }
}

/** A block that `isPlainMarkdown`, drawn as it would be by way of HTML. */
export function drawTokens(tokens: readonly Token[] | undefined): ComponentChildren {
  return (tokens ?? []).map(drawToken);
}

function drawToken(token: Token): ComponentChildren {
  switch (token.type) {
    case 'space':
      return null;
    case 'paragraph':
      return [drawElement('p', drawTokens(token.tokens)), '\n'];
    case 'heading':
      return [drawElement(`h${token['depth']}`, drawTokens(token.tokens)), '\n'];
    case 'hr':
      return [drawElement('hr', undefined), '\n'];
    case 'blockquote':
      return [drawElement('blockquote', ['\n', drawTokens(token.tokens)]), '\n'];
    case 'list':
      return drawList(token as Tokens.List);
    case 'table':
      return drawTable(token as Tokens.Table);
    case 'code': {
      const { text, lang = '' } = token as Tokens.Code;
      return [<CodeBlock code={text.replace(/\n$/, '')} info={/^\S*/.exec(lang)?.[0] ?? ''} />, '\n'];
    }
    case 'blockMath':
      return drawElement('p', drawFormula(token));
    case 'inlineMath':
      return drawFormula(token);
    case 'checkbox':
      return token['checked'] === true ? '☑ ' : '☐ ';
    case 'strong':
    case 'em':
    case 'del':
      return drawElement(token.type, drawTokens(token.tokens));
    case 'codespan':
      return drawElement('code', String(token['text']));
    case 'br':
      return drawElement('br', undefined);
    case 'link':
      return drawLink(token as Tokens.Link);
    default:
      if ('tokens' in token && token.tokens !== undefined) return drawTokens(token.tokens);
      return 'text' in token ? String(token.text) : '';
  }
}

const drawFormula = (token: Token): ComponentChild =>
  drawElement('code', String((token as Tokens.Generic)['tex']), {
    className: (token as Tokens.Generic)['display'] === true ? 'math-display' : 'math-inline',
  });

function drawLink({ href, text, tokens, autolink }: Tokens.Link & { readonly autolink?: boolean }): ComponentChild {
  const children = autolink ? text : drawTokens(tokens);
  const file = fileNamed(href);
  if (file !== undefined) return drawElement('a', children, { className: `file:${encodeURIComponent(file)}` });
  return drawElement('a', children, { href: cleanUrl(href) ?? '' });
}

/** As the renderer of HTML writes it; undefined where it writes none. */
function cleanUrl(href: string): string | undefined {
  try {
    return encodeURI(href).replace(/%25/g, '%');
  } catch {
    return undefined;
  }
}

function drawList({ ordered, start, items }: Tokens.List): ComponentChildren {
  const children = items.flatMap((item) => [drawElement('li', drawTokens(item.tokens)), '\n']);
  const attributes = ordered && typeof start === 'number' ? { start } : {};
  return [drawElement(ordered ? 'ol' : 'ul', ['\n', ...children], attributes), '\n'];
}

function drawTable({ header, rows }: Tokens.Table): ComponentChildren {
  const row = (tag: 'th' | 'td', cells: readonly Tokens.TableCell[]): ComponentChildren => [
    drawElement('tr', [
      '\n',
      ...cells.flatMap(({ tokens, align }) => [drawElement(tag, drawTokens(tokens), { align }), '\n']),
    ]),
    '\n',
  ];
  const head = drawElement('thead', ['\n', row('th', header)]);
  const body =
    rows.length === 0
      ? []
      : [
          drawElement(
            'tbody',
            rows.map((cells) => row('td', cells)),
          ),
        ];
  return [drawElement('table', ['\n', head, '\n', ...body]), '\n'];
}
