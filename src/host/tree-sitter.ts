import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { Edit, Language, Parser, type Point, type Tree } from 'web-tree-sitter';
import type { SyntaxParser, SyntaxReader, SyntaxTree } from '../completion/syntax/grammar.ts';
import { ParsedReading } from '../completion/syntax/reading.ts';

/** Of the parser's own steps, not of time, so that the same text always gives the same answer. A window of code needs about a tenth. */
const mostSteps = 600;

const decompress = promisify(brotliDecompress);

/** Reads what `scripts/build/grammars.ts` put into `folder`. */
export async function readGrammar(folder: string, name: string): Promise<Uint8Array> {
  return decompress(await readFile(join(folder, `${name}.wasm.br`)));
}

let runtime: Promise<void> | undefined;

/** A parser of one language; `read` gives the WebAssembly of a grammar, or of the runtime, `tree-sitter`. */
export async function openGrammar(
  languageId: string,
  grammar: string,
  read: (name: string) => Promise<Uint8Array>,
): Promise<SyntaxReader & SyntaxParser> {
  runtime ??= read('tree-sitter').then((wasmBinary) => Parser.init({ wasmBinary }));
  await runtime.catch((error: unknown) => {
    runtime = undefined;
    throw error;
  });
  const language = await Language.load(await read(grammar));
  const parser = parserOf(languageId, language);
  return { ...parser, open: (prefix, syntax) => new ParsedReading(parser, prefix, syntax) };
}

function parserOf(languageId: string, language: Language): SyntaxParser {
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    languageId,
    parse: (text, previous) => {
      const old = previous instanceof ParsedText ? previous.editedTo(text) : undefined;
      let steps = 0;
      const tree = parser.parse(text, old, { progressCallback: () => ++steps > mostSteps });
      previous?.close();
      // What was begun would be gone on with at the next call.
      if (!tree) parser.reset();
      return tree ? new ParsedText(text, tree) : undefined;
    },
  };
}

class ParsedText implements SyntaxTree {
  readonly text: string;
  readonly #tree: Tree;

  constructor(text: string, tree: Tree) {
    this.text = text;
    this.#tree = tree;
  }

  get root(): Tree['rootNode'] {
    return this.#tree.rootNode;
  }

  close(): void {
    this.#tree.delete();
  }

  /** This tree, told what is another text in `text`. */
  editedTo(text: string): Tree {
    let same = 0;
    while (same < text.length && text.charCodeAt(same) === this.text.charCodeAt(same)) same += 1;
    this.#tree.edit(
      new Edit({
        startIndex: same,
        oldEndIndex: this.text.length,
        newEndIndex: text.length,
        startPosition: pointAt(text, same),
        oldEndPosition: pointAt(this.text, this.text.length),
        newEndPosition: pointAt(text, text.length),
      }),
    );
    return this.#tree;
  }
}

function pointAt(text: string, index: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: index - lineStart };
}
