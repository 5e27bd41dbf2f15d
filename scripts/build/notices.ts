import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { root } from '../setup/paths.ts';
import { grammarPackage } from './grammars.ts';

/** A library of which something is in a bundle. */
export interface BundledLibrary {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The text of its licence file; undefined when the package has none. */
  readonly text: string | undefined;
}

/** Licence texts of packages that are published without theirs. */
const missingTexts: Readonly<Record<string, string>> = {
  '@vscode/l10n': 'scripts/build/vscode-l10n-license.txt',
};

/** Every package of node_modules that put at least one byte into a bundle, by name. */
export function bundledLibraries(metafiles: readonly Metafile[]): BundledLibrary[] {
  const folders = new Set<string>();
  for (const output of metafiles.flatMap((metafile) => Object.values(metafile.outputs)))
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  return [...folders].map(readLibrary).sort((a, b) => a.name.localeCompare(b.name));
}

/** What is in the package without being bundled: data made from somebody's work, and the compiled grammars. */
export function bundledData(): BundledLibrary[] {
  const { source }: { source: string } = JSON.parse(readFileSync(join(root, 'src/models/catalog.json'), 'utf8'));
  const at = source.lastIndexOf('@');
  return [
    readLibrary(grammarPackage),
    {
      name: source.slice(0, at),
      version: source.slice(at + 1),
      license: 'MIT',
      text: readFileSync(join(root, 'src/models/catalog-license.txt'), 'utf8').trim(),
    },
  ];
}

function readLibrary(folder: string): BundledLibrary {
  const path = join(root, folder);
  const manifest: { name: string; version: string; license?: string } = JSON.parse(
    readFileSync(join(path, 'package.json'), 'utf8'),
  );
  const own = readdirSync(path).filter((name) => /^(licen[cs]e|copying)/i.test(name));
  const missing = missingTexts[manifest.name];
  const texts = own.length === 0 && missing !== undefined ? [join(root, missing)] : own.map((name) => join(path, name));
  return {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license ?? 'unknown',
    text: texts.length === 0 ? undefined : texts.map((name) => readFileSync(name, 'utf8').trim()).join('\n\n'),
  };
}

/** The text that goes into the package beside the bundles, as the libraries' licences ask. */
export function noticesText(libraries: readonly BundledLibrary[]): string {
  const sections = libraries.map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text ?? `Licence: ${license}`}\n`,
  );
  return ['Tutti contains parts of these libraries.\n', ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}
