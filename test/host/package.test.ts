import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages, manifestFile } from '../../scripts/l10n/languages.ts';
import { root, vsixFile } from '../../scripts/setup/paths.ts';
import { readZip } from '../../scripts/setup/zip.ts';

const manifest: { main: string; icon?: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const files = readZip(vsixFile);
const names = files.map(({ name }) => name);
const textOf = (name: string): string =>
  files
    .find((file) => file.name === name)
    ?.read()
    .toString('utf8') ?? '';

/** What a library under these asks for is that its text goes along. */
const licenses = ['MIT', 'ISC', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC-BY-4.0', '(MPL-2.0 OR Apache-2.0)'];

/** Every package that a source file imports more than types of. */
function importedLibraries(): string[] {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const specifiers = sources.flatMap((name) =>
    [
      ...readFileSync(join(root, 'src', name), 'utf8').matchAll(
        /^(?:import|export) (?!type )[^;]*?from '([^'.][^']*)'/gm,
      ),
    ].map((match) => match[1] ?? ''),
  );
  const libraries = specifiers
    .filter((specifier) => specifier !== 'vscode' && !specifier.startsWith('node:'))
    .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier);
  return [...new Set(libraries)];
}

describe('the package', () => {
  it('has nothing but what is shipped', () => {
    const shipped =
      /^(extension\.vsixmanifest|\[Content_Types\]\.xml|extension\/(dist|l10n|media)\/.+|extension\/[^/]+)$/;
    expect(names.filter((name) => !shipped.test(name))).toEqual([]);
    const atTheTop = names.flatMap((name) => /^extension\/([^/]+)$/.exec(name)?.[1] ?? []);
    const translations = [undefined, ...languages].map((language) => basename(manifestFile(language)));
    expect(atTheTop.sort()).toEqual(
      ['LICENSE.txt', 'changelog.md', 'package.json', 'readme.md', ...translations].sort(),
    );
  });

  it.each([
    ['sources', /\.tsx?$|\.map$/],
    ['tests', /(^|\/)(test|tests|__tests__)\//],
    ['native binaries', /\.(node|so|dylib|dll|exe|a)(\.\d+)*$/],
    ['model weights', /\.gguf$/],
    ['a copy of node_modules', /(^|\/)node_modules\//],
  ])('has no %s', (_what, pattern) => {
    expect(names.filter((name) => pattern.test(name))).toEqual([]);
  });

  it.each([
    ['its entry', `extension/${manifest.main.replace('./', '')}`],
    ['the child process of the model inside', 'extension/dist/inference/main.js'],
    ['the chat view', 'extension/dist/webview/main.js'],
    ['the licence', 'extension/LICENSE.txt'],
    ['the icon', `extension/${manifest.icon ?? 'no icon named'}`],
  ])('has %s', (_what, name) => {
    expect(names).toContain(name);
  });

  it('is small', () => {
    expect(statSync(vsixFile).size).toBeLessThan(2_000_000);
    const entry = files.find(({ name }) => name === 'extension/dist/extension.js');
    expect(entry?.read().length).toBeLessThan(200_000);
  });

  it('names every library that is bundled, with the text of its licence', () => {
    const notices = textOf('extension/dist/THIRD-PARTY-NOTICES.txt');
    const [, ...sections] = notices.split(/^-{80}$/m).map((section) => section.trim());
    const titles = sections.map((section) => section.split('\n')[0] ?? '');
    expect(titles.map((title) => title.split(' ')[0])).toEqual(expect.arrayContaining(importedLibraries()));
    const licenseOf = (title: string): string => /\((.*)\)$/.exec(title)?.[1] ?? title;
    expect(titles.map(licenseOf).filter((license) => !licenses.includes(license))).toEqual([]);
    expect(sections.filter((section) => section.length < 200).map((section) => section.split('\n')[0])).toEqual([]);
  });
});
