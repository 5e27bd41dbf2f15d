import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import { FileType, Uri, workspace } from 'vscode';
import { type HiddenBecause, isAllowed } from '../allowed-files.ts';
import { whyNotMade, whyReadonly } from './write-protection.ts';

export type EditTarget = { readonly uri: Uri; readonly exists: boolean } | { readonly refused: string };

/**
 * The file that a reply means by a path: in a workspace folder, seen by models, writable. A path that leads nowhere is
 * a new file of the first folder. Nothing outside of the workspace and nothing of git's own is ever edited.
 */
export async function editTarget(path: string, hiddenBecause: HiddenBecause): Promise<EditTarget> {
  const folders = workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (!first) return { refused: l10n.t('{0} cannot be edited: no folder is open.', path) };
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const named = folders.find(({ name }) => folders.length > 1 && name === parts[0]);
  const places = isAbsolute(path)
    ? [Uri.file(path)]
    : named
      ? [Uri.joinPath(named.uri, ...parts.slice(1))]
      : folders.map(({ uri }) => Uri.joinPath(uri, ...parts));
  for (const uri of places) {
    const type = await typeOf(uri);
    if (type === undefined) continue;
    return refusalOf(uri, path, type, hiddenBecause);
  }
  const [fresh] = places;
  if (!fresh || isOutside(fresh)) return { refused: outside(path) };
  if (parts.includes('.git')) return { refused: l10n.t('{0} belongs to git and is not edited.', path) };
  if ((await hiddenBecause(fresh)) !== undefined) return { refused: hidden(path) };
  const unmade = await whyNotMade(fresh, path);
  return unmade === undefined ? { uri: fresh, exists: false } : { refused: unmade };
}

/** Whether a document that is open already may be edited; its path is how it is told. */
export async function openTarget(uri: Uri, hiddenBecause: HiddenBecause): Promise<EditTarget> {
  const path = workspace.asRelativePath(uri);
  if (uri.scheme === 'untitled') return { uri, exists: true };
  if (!(await isAllowed(uri, hiddenBecause, 'anywhere'))) return { refused: hidden(path) };
  const readonly = await whyReadonly(uri, path);
  return readonly === undefined ? { uri, exists: true } : { refused: readonly };
}

async function refusalOf(uri: Uri, path: string, type: FileType, hiddenBecause: HiddenBecause): Promise<EditTarget> {
  if (isOutside(uri)) return { refused: outside(path) };
  if (/\/\.git(\/|$)/.test(uri.path)) return { refused: l10n.t('{0} belongs to git and is not edited.', path) };
  if (type & FileType.Directory) return { refused: l10n.t('{0} is a folder.', path) };
  if (!(await isAllowed(uri, hiddenBecause, 'workspace'))) return { refused: hidden(path) };
  const readonly = await whyReadonly(uri, path);
  return readonly === undefined ? { uri, exists: true } : { refused: readonly };
}

async function typeOf(uri: Uri): Promise<FileType | undefined> {
  try {
    return (await workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}

const isOutside = (uri: Uri): boolean => workspace.getWorkspaceFolder(uri) === undefined;
const outside = (path: string): string => l10n.t('{0} is outside of the open folders and is not edited.', path);
const hidden = (path: string): string =>
  l10n.t('{0} is hidden from models (.tuttiignore or your settings) and is not edited.', path);
