// npm run l10n: takes strings no source has any more out of the translations and names those that want translating.
import { writeFileSync } from 'node:fs';
import { bundleFile, languages, manifestFile, readStrings, type Strings } from './l10n/languages.ts';
import { sourceStrings } from './l10n/source-strings.ts';

const inSources = await sourceStrings();
const inManifest = Object.keys(readStrings(manifestFile()));
const wanting = new Map<string, string[]>();

for (const language of languages) {
  tidy(bundleFile(language), inSources, language);
  tidy(manifestFile(language), inManifest, language);
}
for (const [text, without] of wanting) console.log(`${JSON.stringify(text)}: ${without.join(' ')}`);
console.log(`${inSources.length + inManifest.length} strings, ${wanting.size} want translating`);

function tidy(file: string, keys: readonly string[], language: string): void {
  const old = readStrings(file);
  const kept: Strings = Object.fromEntries(
    keys.flatMap((key) => (old[key] === undefined ? [] : [[key, old[key]] as const])),
  );
  for (const key of keys) if (kept[key] === undefined) wanting.set(key, [...(wanting.get(key) ?? []), language]);
  writeFileSync(file, `${JSON.stringify(kept, undefined, 2)}\n`);
}
