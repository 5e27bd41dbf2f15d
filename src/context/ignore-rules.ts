import * as l10n from '@vscode/l10n';
import ignore, { type Ignore } from 'ignore';
import { secretFiles } from './secret-files.ts';

export const ignoreFileName = '.tuttiignore';

/** One `.tuttiignore`: its rules hold for the folder it stands in. */
export interface IgnoreFile {
  /** Relative to the workspace folder, with `/`; empty = the workspace folder itself. */
  readonly folder: string;
  readonly text: string;
}

/** Globs that somebody has set, and what a user reads where they fit. */
export interface GlobList {
  readonly globs: readonly string[];
  readonly reason: string;
}

/** Why a file is kept from models, as a sentence; undefined = it is not. `path` is relative to the workspace folder. */
export type PathRules = (path: string) => string | undefined;

/**
 * Why no model may see a file: built-in secrets, then lists of globs, then `.tuttiignore` files; each of them alone is
 * enough. A `!` takes back only what its own list said: nobody can open what another has closed.
 */
export function ignoreRules(files: readonly IgnoreFile[], lists: readonly GlobList[]): PathRules {
  const secret = globRules([
    { globs: secretFiles, reason: l10n.t('This kind of file holds secrets; no model may see it.') },
  ]);
  const listed = globRules(lists);
  const own = files.map(({ folder, text }) => ({
    folder: folder === '' ? '' : `${folder}/`,
    matches: matcher([text]),
  }));
  return (path) => {
    const name = normal(path);
    if (name === undefined) return undefined;
    const reason = secret(name) ?? listed(name);
    if (reason !== undefined) return reason;
    for (const { folder, matches } of own) {
      const below = name.startsWith(folder) ? name.slice(folder.length) : '';
      if (below !== '' && matches.ignores(below))
        return l10n.t('{0}{1} keeps this file from every model.', folder, ignoreFileName);
    }
    return undefined;
  };
}

/** The reason of the first list that names a file. */
export function globRules(lists: readonly GlobList[]): PathRules {
  const matchers = lists
    .filter(({ globs }) => globs.length > 0)
    .map(({ globs, reason }) => ({ matches: matcher(globs), reason }));
  return (path) => {
    const name = normal(path);
    return name === undefined ? undefined : matchers.find(({ matches }) => matches.ignores(name))?.reason;
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
