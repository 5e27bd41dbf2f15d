import type { Hole } from './asked.ts';
import { syntaxOf } from './syntax/languages.ts';

/** Other files for a model with no place for them: as comments of the language, to stand before the file's own text. */
export function commentedFiles(files: Hole['extra'], languageId: string): string {
  const comment = commentOf(languageId);
  return files.map(({ filename, text }) => `${comment(`${filename}:\n${text.trimEnd()}`)}\n\n`).join('');
}

type Comment = (text: string) => string;

function commentOf(languageId: string): Comment {
  const own = texts[languageId];
  if (own) return own;
  const { lineComments, blockComment } = syntaxOf(languageId);
  const mark = lineComments[0];
  if (mark !== undefined) return lines(mark);
  return blockComment ? block(...blockComment) : lines('#');
}

function lines(mark: string): Comment {
  return (text) =>
    text
      .split('\n')
      .map((line) => `${mark} ${line}`.trimEnd())
      .join('\n');
}

function block(open: string, close: string): Comment {
  // What would end the comment early is kept readable but not whole.
  const harmless = `${close.slice(0, 1)} ${close.slice(1)}`;
  return (text) => `${open} ${text.replaceAll(close, harmless)}\n${close}`;
}

const markup = block('<!--', '-->');
const tex = lines('%');

/** Languages the scanner of brackets reads as mere text. */
const texts: Readonly<Partial<Record<string, Comment>>> = {
  ...{ html: markup, xml: markup, markdown: markup, mdx: block('{/*', '*/}'), vue: markup, svelte: markup },
  ...{ handlebars: markup, latex: tex, tex, bibtex: tex, restructuredtext: lines('..') },
};
