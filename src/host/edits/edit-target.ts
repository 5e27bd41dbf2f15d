import { readlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { FileType, Uri, workspace } from 'vscode';
import { type HiddenBecause, isAllowed, isHidden, realPlace } from '../allowed-files.ts';
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
  const there = (await Promise.all(places.map(async (uri) => ({ uri, type: await typeOf(uri) })))).filter(
    ({ type }) => type !== undefined,
  );
  if (there.length > 1)
    return { refused: l10n.t('{0} is in several of the open folders. Name its folder first.', path) };
  const [found] = there;
  if (found?.type !== undefined) return refusalOf(found.uri, path, found.type, hiddenBecause);
  const [fresh] = places;
  if (!fresh || isOutside(fresh)) return { refused: outside(path) };
  if (isGits(fresh)) return { refused: gits(path) };
  // Under a link, the file would be made where the link leads.
  const real = await realPlaceToBe(fresh);
  if (isOutside(real)) return { refused: outside(path) };
  if (isGits(real)) return { refused: gits(path) };
  for (const uri of [fresh, real]) if (await isHidden(uri, hiddenBecause)) return { refused: hidden(path) };
  const unmade = await whyNotMade(fresh, path);
  return unmade === undefined ? { uri: fresh, exists: false } : { refused: unmade };
}

/** Whether a document that is open already may be edited; its path is how it is told. */
export async function openTarget(uri: Uri, hiddenBecause: HiddenBecause): Promise<EditTarget> {
  const path = workspace.asRelativePath(uri);
  if (uri.scheme === 'untitled') return { uri, exists: true };
  if (isGits(uri) || isGits(await realPlaceToBe(uri))) return { refused: gits(path) };
  if (uri.scheme === 'file' && (await typeOf(uri)) === undefined) return { refused: deleted(path) };
  if (!(await isAllowed(uri, hiddenBecause, 'anywhere'))) return { refused: hidden(path) };
  const readonly = await whyReadonly(uri, path);
  return readonly === undefined ? { uri, exists: true } : { refused: readonly };
}

async function refusalOf(uri: Uri, path: string, type: FileType, hiddenBecause: HiddenBecause): Promise<EditTarget> {
  if (isOutside(uri)) return { refused: outside(path) };
  if (isGits(uri) || isGits(await realPlaceToBe(uri))) return { refused: gits(path) };
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

/** Where a file is, or will be once it is made: links in its path followed as far as they are there. */
async function realPlaceToBe(uri: Uri, mostLinks = 40): Promise<Uri> {
  if (uri.scheme !== 'file' || dirname(uri.fsPath) === uri.fsPath || mostLinks === 0) return uri;
  try {
    return await realPlace(uri);
  } catch {
    // A link that leads to nothing yet is followed by whoever writes there.
    const link = await readlink(uri.fsPath).catch(() => undefined);
    if (link !== undefined) return realPlaceToBe(Uri.file(resolve(dirname(uri.fsPath), link)), mostLinks - 1);
    return Uri.joinPath(await realPlaceToBe(Uri.joinPath(uri, '..'), mostLinks), basename(uri.fsPath));
  }
}

/** Git's own folder, or the file that stands for it; file systems may take other spellings for the same. */
const isGits = ({ path }: Uri): boolean => path.split('/').some((part) => /^(?:\.git|git~\d+)[. ]*$/i.test(part));
const gits = (path: string): string => l10n.t('{0} belongs to git and is not edited.', path);
const isOutside = (uri: Uri): boolean => workspace.getWorkspaceFolder(uri) === undefined;
export const deleted = (path: string): string => l10n.t('{0} was deleted meanwhile.', path);
const outside = (path: string): string => l10n.t('{0} is outside of the open folders and is not edited.', path);
const hidden = (path: string): string =>
  l10n.t('{0} is hidden from models (.tuttiignore or your settings) and is not edited.', path);
