import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.ts';

/** Languages of the display, as VS Code names them, besides English. */
export const languages = ['de', 'es', 'fr', 'ja', 'zh-cn'] as const;
export type Language = (typeof languages)[number];

export type Strings = Readonly<Record<string, string>>;

/** What the sources say (`l10n.t`), by the English text. */
export const bundleFile = (language: Language): string => join(root, `l10n/bundle.l10n.${language}.json`);

/** What package.json says, by key; without a language in English. */
export const manifestFile = (language?: Language): string =>
  join(root, `package.nls${language === undefined ? '' : `.${language}`}.json`);

export function readStrings(file: string): Strings {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
