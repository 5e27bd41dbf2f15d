import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { grammarOf } from '../../src/host/grammars.ts';
import { root } from '../setup/paths.ts';

/** Where its parser and the compiled grammars come from; their licences go into the notices. */
export const grammarPackages = ['node_modules/web-tree-sitter', 'node_modules/@vscode/tree-sitter-wasm'];

const compress = promisify(brotliCompress);

/** Puts the grammars and the parser they need into `folder`, compressed to half of what a .vsix makes of them. */
export async function writeGrammars(folder: string): Promise<void> {
  const files = [
    { name: 'tree-sitter', from: 'web-tree-sitter/web-tree-sitter.wasm' },
    ...[...new Set(Object.values(grammarOf))].map((name) => ({
      name,
      from: `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`,
    })),
  ];
  await mkdir(folder, { recursive: true });
  for (const { name, from } of files) {
    const bytes = await readFile(join(root, 'node_modules', from));
    await writeFile(join(folder, `${name}.wasm.br`), await smallest(bytes));
  }
}

const smallest = (bytes: Buffer): Promise<Buffer> =>
  compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
