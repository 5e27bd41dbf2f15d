import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { grammarOf } from '../../src/host/grammars.ts';
import { root } from '../setup/paths.ts';
import { compressed } from './compressed.ts';

/** Where the compiled grammars come from. */
export const grammarPackage = 'node_modules/@vscode/tree-sitter-wasm';

/** Puts the grammars and the parser's own WebAssembly into dist/, compressed: a .vsix alone makes them half as large again. */
export async function writeGrammars(): Promise<void> {
  const folder = join(root, 'dist/grammars');
  await mkdir(folder, { recursive: true });
  for (const name of ['tree-sitter', ...new Set(Object.values(grammarOf))])
    await cp(await compressed(await readFile(wasmFile(name))), join(folder, `${name}.wasm.br`));
}

/** A grammar as npm has it; `tree-sitter` is the parser. */
export function wasmFile(name: string): string {
  return name === 'tree-sitter'
    ? join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm')
    : join(root, grammarPackage, `wasm/tree-sitter-${name}.wasm`);
}
