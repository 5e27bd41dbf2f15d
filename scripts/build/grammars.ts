import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { grammarOf } from '../../src/host/grammars.ts';
import { developmentFolder, root } from '../setup/paths.ts';

/** Where the compiled grammars come from. */
export const grammarPackage = 'node_modules/@vscode/tree-sitter-wasm';

const compress = promisify(brotliCompress);

/** Puts the grammars and the parser's own WebAssembly into dist/, compressed: a .vsix alone makes them half as large again. */
export async function writeGrammars(): Promise<void> {
  const folder = join(root, 'dist/grammars');
  await mkdir(folder, { recursive: true });
  for (const name of ['tree-sitter', ...new Set(Object.values(grammarOf))])
    await cp(await compressed(wasmFile(name)), join(folder, `${name}.wasm.br`));
}

/** A grammar as npm has it; `tree-sitter` is the parser. */
export function wasmFile(name: string): string {
  return name === 'tree-sitter'
    ? join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm')
    : join(root, grammarPackage, `wasm/tree-sitter-${name}.wasm`);
}

/** Takes seconds for a large one, so it is kept. */
async function compressed(path: string): Promise<string> {
  const bytes = await readFile(path);
  const folder = join(developmentFolder, 'grammars');
  const kept = join(folder, `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.br`);
  if (await readFile(kept).catch(() => undefined)) return kept;
  const options = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await mkdir(folder, { recursive: true });
  const unfinished = `${kept}.${process.pid}`;
  await writeFile(unfinished, await compress(bytes, { params: options }));
  await rename(unfinished, kept);
  return kept;
}
