import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleFile, languages, manifestFile, readStrings } from '../../scripts/l10n/languages.ts';
import { sourceStrings } from '../../scripts/l10n/source-strings.ts';
import { root } from '../../scripts/setup/paths.ts';

const inSources = await sourceStrings();
const inManifest = readStrings(manifestFile());

/** What a translation has to keep as it is: placeholders, code, links to settings and commands. */
function fixedParts(text: string): readonly string[] {
  return [...text.matchAll(/\{\w+\}|`[^`]*`|\(command:[\w.]+\)/g)].map(([part]) => part).sort();
}

const changedParts = (english: string, translated: string | undefined): boolean =>
  translated !== undefined && fixedParts(english).join() !== fixedParts(translated).join();

describe.each(languages)('%s', (language) => {
  const ofSources = readStrings(bundleFile(language));
  const ofManifest = readStrings(manifestFile(language));

  it('has every string of the sources, and no other', () => {
    expect(Object.keys(ofSources).sort()).toEqual(inSources);
  });

  it('has every string of the manifest, and no other', () => {
    expect(Object.keys(ofManifest).sort()).toEqual(Object.keys(inManifest).sort());
  });

  it('keeps placeholders, code and links', () => {
    const changed = [
      ...Object.keys(ofSources).filter((english) => changedParts(english, ofSources[english])),
      ...Object.entries(inManifest).flatMap(([key, english]) => (changedParts(english, ofManifest[key]) ? [key] : [])),
    ];
    expect(changed).toEqual([]);
  });
});

describe('the manifest', () => {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const { contributes } = JSON.parse(text);

  it('says nothing that is not a key', () => {
    const read = JSON.stringify([contributes.commands, contributes.configuration, contributes.walkthroughs]).matchAll(
      /"(?:title|shortTitle|description|markdownDescription|patternErrorMessage)":"([^"]+)"/g,
    );
    const plain = [...read].map(([, words]) => words ?? '').filter((words) => !/^%[\w.-]+%$|^Tutti$/.test(words));
    expect(plain).toEqual([]);
  });

  it('uses each key that is there, and no other', () => {
    const used = new Set([...text.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key));
    expect([...used].sort()).toEqual(Object.keys(inManifest).sort());
  });
});
