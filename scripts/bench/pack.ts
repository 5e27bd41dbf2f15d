import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { developmentFolder, root } from '../setup/paths.ts';
import { run, tail } from '../setup/run.ts';

/** Packs an extension's folder, with changes to its manifest; returns the path of the .vsix. */
export async function pack(
  source: string,
  name: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const folder = join(developmentFolder, 'bench', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(source, folder, { recursive: true });
  const manifestFile = join(folder, 'package.json');
  const manifest: Record<string, unknown> = JSON.parse(await readFile(manifestFile, 'utf8'));
  await writeFile(manifestFile, JSON.stringify({ ...manifest, ...changes }));

  const vsix = `${folder}.vsix`;
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--skip-license'];
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const { code, output } = await run(process.execPath, [vsce, 'package', ...options, '--out', vsix], { cwd: folder });
  if (code !== 0) throw new Error(`${name} could not be packed:\n${tail(output)}`);
  return vsix;
}
