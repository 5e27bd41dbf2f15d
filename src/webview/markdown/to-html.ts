import { Marked, type Token, type Tokens } from 'marked';
import type { Lex } from './block-reader.ts';
import { fileNamed } from './file-named.ts';
import { plain } from './long-blocks.ts';
import { blockMath, inlineMath } from './math.ts';
import { ShallowTokenizer } from './shallow-tokenizer.ts';

/** Tags a model may write itself, and only without attributes. Any other HTML is shown as the text it is. */
const plainTags = ['b', 'br', 'del', 'details', 'em', 'i', 'kbd', 'mark', 's', 'strong', 'sub', 'summary', 'sup', 'u'];
const otherTag = new RegExp(`<(?!/?(?:${plainTags.join('|')})\\s*/?>)`, 'gi');

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => text.replace(otherTag, '&lt;'),
    /** Fetching a picture tells its server who is reading what: it stays an address. */
    image: ({ href, text }: Tokens.Image) =>
      text === '' ? linkHtml(href, escapeHtml(href)) : linkHtml(href, `${escapeHtml(text)} (${escapeHtml(href)})`),
    /** A file's name is no address: it goes past the sanitiser as a name. */
    link({ href, tokens }: Tokens.Link) {
      const path = fileNamed(href);
      if (path === undefined) return false;
      return `<a class="file:${encodeURIComponent(path)}">${this.parser.parseInline(tokens)}</a>`;
    },
    checkbox: ({ checked }: Tokens.Checkbox) => (checked ? '☑ ' : '☐ '),
  },
});

const linkHtml = (href: string, text: string): string => `<a href="${escapeHtml(href)}">${text}</a>`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? '');

marked.use({ extensions: [inlineMath, blockMath] });

/** Text that nests deeper than can be followed is shown as it stands. */
export const lex: Lex = (source, links) => {
  try {
    const lexer = new marked.Lexer({ ...marked.defaults, tokenizer: new ShallowTokenizer() });
    Object.assign(lexer.tokens.links, links);
    return lexer.lex(source);
  } catch {
    return [plain(source)];
  }
};

/** HTML of one block; still has to pass the sanitiser. */
export function blockToHtml(block: Token): string {
  if (block.type === 'plain') return `<p>${escapeHtml(block.raw)}</p>`;
  try {
    return marked.parser([block]);
  } catch {
    return `<p>${escapeHtml(block.raw)}</p>`;
  }
}
