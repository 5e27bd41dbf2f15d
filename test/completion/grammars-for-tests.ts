import { readFile } from 'node:fs/promises';
import { wasmFile } from '../../scripts/build/grammars.ts';
import type { SyntaxParser, SyntaxReader } from '../../src/completion/syntax/grammar.ts';
import { grammarOf } from '../../src/host/grammars.ts';
import { openGrammar } from '../../src/host/tree-sitter.ts';

/** The parser as it is shipped, of a language that has one. */
export function grammarFor(languageId: string): Promise<SyntaxReader & SyntaxParser> {
  return openGrammar(languageId, grammarOf[languageId] ?? languageId, (name) => readFile(wasmFile(name)));
}
