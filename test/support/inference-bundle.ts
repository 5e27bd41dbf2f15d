import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../scripts/build/bundles.ts';
import manifest from '../../src/inference/runtime-files.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');

const platforms: Readonly<Record<string, { readonly package: string; readonly folder: string }>> = manifest.platforms;
const platform = platforms[`${process.platform}-${process.arch}`];

/** llama.cpp's compiled files for this machine, as npm installs them. */
export const runtimePackage = join(root, 'node_modules', platform?.package ?? 'no-package-for-this-machine');
/** The folder of them in the package. */
export const binaries = join(runtimePackage, platform?.folder ?? '');

/** Bundles the embedded model's child process as it is shipped; the answer is the path of its main.js. */
export async function buildInferenceBundle(folder: string): Promise<string> {
  const bundle = bundles.find(({ name }) => name === 'inference');
  if (!bundle) throw new Error('There is no bundle "inference".');
  await build({ ...bundle.options, absWorkingDir: root, minify: true, outdir: folder });
  return join(folder, 'main.js');
}
