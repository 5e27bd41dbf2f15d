import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import { FilePermission, languages, RelativePattern, type TextDocument, type Uri, workspace } from 'vscode';
import { isObject } from '../../util/json.ts';
import { fileOf } from '../document-path.ts';

/** May the owner write? VS Code's own lock goes by it; root may write anything, and made the file read-only all the same. */
const ownerWrites = 0o200;

/** Why a file must not be written, with what to do about it; undefined = it may. VS Code tells extensions of its file systems only. */
export async function whyReadonly(uri: Uri, path: string): Promise<string | undefined> {
  const file = fileOf(uri);
  if (await isKeptReadonly(file)) {
    return l10n.t('{0} is read-only where it is kept. Save a copy elsewhere, and edit that.', path);
  }
  if (file.scheme === 'file' && !(await mayWrite(file.fsPath))) {
    return l10n.t(
      '{0} is read-only: its permissions forbid writing. Allow it (on Linux and macOS: chmod u+w), then try again.',
      path,
    );
  }
  if (!(await isSetReadonly(uri))) return undefined;
  return l10n.t(
    '{0} is read-only by the setting {1}. Change it or add the file to {2}, then try again.',
    path,
    'files.readonlyInclude',
    'files.readonlyExclude',
  );
}

/** Why a new file cannot be made; undefined = it can. */
export async function whyNotMade({ scheme, fsPath }: Uri, path: string): Promise<string | undefined> {
  const isPossible =
    workspace.fs.isWritableFileSystem(scheme) !== false && (scheme !== 'file' || (await takesFiles(dirname(fsPath))));
  return isPossible
    ? undefined
    : l10n.t('{0} cannot be made: its folder forbids writing. Allow it or choose another folder.', path);
}

async function isKeptReadonly(file: Uri): Promise<boolean> {
  if (workspace.fs.isWritableFileSystem(file.scheme) === false) return true;
  const permissions = await workspace.fs.stat(file).then(
    (found) => found.permissions,
    () => undefined,
  );
  return permissions !== undefined && (permissions & FilePermission.Readonly) !== 0;
}

async function mayWrite(file: string): Promise<boolean> {
  try {
    if (((await stat(file)).mode & ownerWrites) === 0) return false;
    await access(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The nearest folder that is there decides. */
async function takesFiles(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.F_OK);
  } catch {
    return folder !== dirname(folder) && takesFiles(dirname(folder));
  }
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function isSetReadonly(uri: Uri): Promise<boolean> {
  const files = workspace.getConfiguration('files', uri);
  const [include, exclude] = ['readonlyInclude', 'readonlyExclude'].map((name) => globsIn(files.get<unknown>(name)));
  if (!include || include.length === 0) return false;
  // A file that cannot be read as text is refused for that.
  const document = await Promise.resolve(workspace.openTextDocument(uri)).catch(() => undefined);
  return document !== undefined && isAmong(include, document) && !isAmong(exclude ?? [], document);
}

function globsIn(value: unknown): readonly string[] {
  return isObject(value) ? Object.keys(value).filter((glob) => value[glob] === true) : [];
}

function isAmong(globs: readonly string[], document: TextDocument): boolean {
  const folder = workspace.getWorkspaceFolder(document.uri);
  return globs.some(
    (glob) =>
      languages.match({ pattern: glob }, document) > 0 ||
      (folder !== undefined && languages.match({ pattern: new RelativePattern(folder, glob) }, document) > 0),
  );
}
