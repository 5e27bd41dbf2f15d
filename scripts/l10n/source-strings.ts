import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { root } from '../setup/paths.ts';

/** Every string that the sources give to `l10n.t`, as its key in a bundle. */
export async function sourceStrings(): Promise<readonly string[]> {
  const folder = join(root, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ extension: extname(name), contents: readFileSync(join(folder, name), 'utf8') }))
    .filter(({ contents }) => contents.includes("'@vscode/l10n'"));
  return Object.keys(await getL10nJson(files)).sort();
}
