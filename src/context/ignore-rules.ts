import ignore, { type Ignore } from 'ignore';
import { secretFiles } from './secret-files.ts';

export const ignoreFileName = '.tuttiignore';

/** One `.tuttiignore`: its rules hold for the folder it stands in. */
export interface IgnoreFile {
  /** Relative to the workspace folder, with `/`; empty = the workspace folder itself. */
  readonly folder: string;
  readonly text: string;
}

/** Why no model may see a file, as a sentence; undefined = it may. `path` is relative to the workspace folder. */
export type IgnoreRules = (path: string) => string | undefined;

/**
 * Built-in secrets, then the user's globs, then `.tuttiignore` files; each of them alone is enough.
 * A `!` takes back only what its own list said: no repository can open what the others close.
 */
export function ignoreRules(files: readonly IgnoreFile[], globs: readonly string[]): IgnoreRules {
  const secret = matcher(secretFiles);
  const setting = matcher(globs);
  const own = files.map(({ folder, text }) => ({
    folder: folder === '' ? '' : `${folder}/`,
    matches: matcher([text]),
  }));
  return (path) => {
    const name = normal(path);
    if (name === undefined) return undefined;
    if (secret.ignores(name)) return 'This kind of file holds secrets; no model may see it.';
    if (setting.ignores(name)) return 'The setting tutti.privacy.ignore keeps this file from every model.';
    for (const { folder, matches } of own) {
      const below = name.startsWith(folder) ? name.slice(folder.length) : '';
      if (below !== '' && matches.ignores(below)) return `${folder}${ignoreFileName} keeps this file from every model.`;
    }
    return undefined;
  };
}

function matcher(patterns: readonly string[]): Ignore {
  return ignore({ ignorecase: true }).add(patterns.join('\n'));
}

/** As `ignore` wants paths; outside of the folder only the file's name and nearest folder count. */
function normal(path: string): string | undefined {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.length === 0 ? undefined : parts.join('/');
}
