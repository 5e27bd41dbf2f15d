import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { root } from '../setup/paths.ts';
import { compressed } from './compressed.ts';

/** What draws diagrams in the chat. */
export const diagramPackage = 'node_modules/@mermaid-js/tiny';

export async function diagramScript(): Promise<string> {
  const source = await readFile(join(root, diagramPackage, 'dist/mermaid.tiny.js'), 'utf8');
  return (await transform(source, { minify: true, target: 'chrome140', legalComments: 'none' })).code;
}

/** Puts it into dist/, compressed; the host unpacks it when a diagram is first asked for. */
export async function writeDiagrams(): Promise<void> {
  await cp(await compressed(Buffer.from(await diagramScript())), join(root, 'dist/diagrams.js.br'));
}
