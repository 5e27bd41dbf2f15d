import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { developmentFolder, root, vsixFile } from '../setup/paths.ts';
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
  const folder = await shippedFiles();
  const { code, output } = await run(process.execPath, [vsce, 'package', ...options, '--out', vsixFile], {
    cwd: folder,
  });
  if (code !== 0) throw new SetupError(tail(output), 'Correct what vsce names above, mostly in package.json.');
  return `tutti.vsix ${((await stat(vsixFile)).size / 1000).toFixed(0)} kB`;
}

/** A folder with nothing but what is shipped: vsce reads through every file below the one it packs. */
async function shippedFiles(): Promise<string> {
  const folder = join(developmentFolder, 'package');
  const manifest: { files: string[] } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of ['package.json', ...manifest.files])
    if (existsSync(join(root, name))) await cp(join(root, name), join(folder, name), { recursive: true });
  await leaveOutPicture(folder);
  return folder;
}

/** The README's picture is for whoever looks at the repository; who has the package has the real thing. */
async function leaveOutPicture(folder: string): Promise<void> {
  const readme = join(folder, 'README.md');
  const text = await readFile(readme, 'utf8');
  await writeFile(readme, text.replace(/^!\[[^\]]*\]\(media\/screenshot\.png\)\n+/m, ''));
  await rm(join(folder, 'media/screenshot.png'), { force: true });
}
