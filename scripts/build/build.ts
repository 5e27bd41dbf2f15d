import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, formatMessages, type Metafile } from 'esbuild';
import { root } from '../setup/paths.ts';
import { SetupError } from '../setup/step.ts';
import { type Bundle, bundles } from './bundles.ts';
import { writeGrammars } from './grammars.ts';
import { bundledData, bundledLibraries, noticesText } from './notices.ts';

/** Makes dist/ as it is shipped: minified, no source maps, licence notices beside it. Returns a line about sizes. */
export async function buildForRelease(): Promise<string> {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  const metafiles = await Promise.all(bundlesToBuild().map((bundle) => buildOne(bundle, { minify: true })));
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeGrammars();
  const notices = noticesText([...bundledLibraries(metafiles), ...bundledData()]);
  await writeFile(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices);
  return metafiles.flatMap(entrySizes).join(', ');
}

/** Bundles whose source is there, with the entries that are there; what is left out is said. */
export function bundlesToBuild(): Bundle[] {
  return bundles.flatMap((bundle) => {
    const entries = Object.entries(bundle.options.entryPoints);
    const present = entries.filter(([, source]) => existsSync(join(root, source)));
    for (const [, source] of entries.filter((entry) => !present.includes(entry)))
      console.error(`  ${source} does not exist: left out`);
    if (present.length === 0) return [];
    return [{ ...bundle, options: { ...bundle.options, entryPoints: Object.fromEntries(present) } }];
  });
}

async function buildOne(bundle: Bundle, more: BuildOptions): Promise<Metafile> {
  const result = await build({ ...bundle.options, ...more, absWorkingDir: root, metafile: true }).catch(
    async (error) => {
      const lines = await formatMessages(error.errors ?? [], { kind: 'error', color: process.stderr.isTTY });
      throw new SetupError(lines.join('\n') || String(error), `Correct this in the ${bundle.name} bundle's source.`);
    },
  );
  return result.metafile;
}

function entrySizes(metafile: Metafile): string[] {
  return Object.entries(metafile.outputs)
    .filter(([, output]) => output.entryPoint !== undefined)
    .filter(([path]) => !path.includes('/chunks/'))
    .map(([path, { bytes }]) => `${path.replace('dist/', '')} ${(bytes / 1000).toFixed(0)} kB`);
}
