import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root, vsixFile } from '../setup/paths.ts';
import { run, tail } from '../setup/run.ts';
import { SetupError } from '../setup/step.ts';

const vsce = join(root, 'node_modules/@vscode/vsce/vsce');

const options = [
  '--no-dependencies', // what is needed is bundled in dist/
  '--no-rewrite-relative-links',
  '--allow-missing-repository',
];

/** Packs dist/ and what package.json lists under `files` into tutti.vsix. Returns a line about it. */
export async function packageExtension(): Promise<string> {
  await rm(vsixFile, { force: true }); // a failure must not leave an old one to be taken for it
  const { code, output } = await run(process.execPath, [vsce, 'package', ...options, '--out', vsixFile]);
  if (code !== 0) throw new SetupError(tail(output), 'Correct what vsce names above, mostly in package.json.');
  return `tutti.vsix ${((await stat(vsixFile)).size / 1000).toFixed(0)} kB`;
}
