import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SyntaxReader } from '../../src/completion/syntax/grammar.ts';
import { grammarOf } from '../../src/host/grammars.ts';
import { openGrammar } from '../../src/host/tree-sitter.ts';

const modules = join(import.meta.dirname, '../../node_modules');

/** The parser as it is shipped, of a language that has one. */
export function grammarFor(languageId: string): Promise<SyntaxReader> {
  return openGrammar(languageId, grammarOf[languageId] ?? languageId, (name) =>
    readFile(
      name === 'tree-sitter'
        ? join(modules, 'web-tree-sitter/web-tree-sitter.wasm')
        : join(modules, `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`),
    ),
  );
}
