import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../scripts/build/bundles.ts';

const root = resolve(import.meta.dirname, '../..');

/** llama.cpp's compiled files for this machine, as npm installs them. */
export const runtimePackage = join(root, 'node_modules/@node-llama-cpp', `${process.platform}-${process.arch}`);

/** Bundles the embedded model's child process as it is shipped; the answer is the path of its main.js. */
export async function buildInferenceBundle(folder: string): Promise<string> {
  const bundle = bundles.find(({ name }) => name === 'inference');
  if (!bundle) throw new Error('There is no bundle "inference".');
  await build({ ...bundle.options, absWorkingDir: root, minify: true, outdir: folder });
  return join(folder, 'main.js');
}
