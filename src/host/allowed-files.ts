import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { Uri, workspace } from 'vscode';

/** Where source code lives. Not the editor's own outputs, logs and settings. */
const sourceSchemes: ReadonlySet<string> = new Set([
  ...['file', 'untitled', 'vscode-remote', 'vscode-notebook-cell', 'vscode-vfs', 'vscode-local', 'vscode-test-web'],
  ...['memfs', 'ssh', 'sftp', 'ftp', 'wsl', 'docker', 'github', 'azurerepos'],
]);

/** Folders that hold published libraries, wherever they stand. */
const libraries =
  /\/(node_modules|site-packages|dist-packages|lib\/python[\d.]+|typeshed|go\/pkg\/mod|go\/src|\.cargo\/registry|rustlib|vendor\/bundle|gems|\.m2|include)\//;

/** Why no model may see a file; undefined = it may. */
export type HiddenBecause = (uri: Uri) => Promise<string | undefined>;

/** Whether it is source code at all, rather than what the editor itself writes. */
export function isSource({ scheme, path }: Uri): boolean {
  return sourceSchemes.has(scheme) && !path.endsWith('.log');
}

/** Whether somebody who asks for it by name may have it read: files, not the editor's own pages. */
export function isFile({ scheme }: Uri): boolean {
  return sourceSchemes.has(scheme);
}

/**
 * Whether a file's text may go into a prompt: source code that is not hidden, neither under its own name nor under the one a link leads to.
 * `reach`: a file nobody has opened counts only inside the workspace, or there and in published libraries.
 */
export async function isAllowed(
  uri: Uri,
  hiddenBecause: HiddenBecause,
  reach: 'anywhere' | 'workspace' | 'libraries',
): Promise<boolean> {
  if (!isSource(uri)) return false;
  try {
    if ((await isHidden(uri, hiddenBecause)) || !isWithin(uri, reach)) return false;
    if (uri.scheme !== 'file') return true;
    const real = await realPlace(uri);
    if (real.path === uri.path) return true;
    return !(await isHidden(real, hiddenBecause)) && isWithin(real, reach);
  } catch {
    // A file that is gone.
    return false;
  }
}

/** Also where the rules cannot be read. */
export function isHidden(uri: Uri, hiddenBecause: HiddenBecause): Promise<boolean> {
  return hiddenBecause(uri).then(
    (reason) => reason !== undefined,
    () => true,
  );
}

function isWithin(uri: Uri, reach: 'anywhere' | 'workspace' | 'libraries'): boolean {
  if (reach === 'anywhere' || workspace.getWorkspaceFolder(uri) !== undefined) return true;
  return reach === 'libraries' && libraries.test(uri.path);
}

/** Where links lead to; within a workspace folder that is itself reached by a link, under the name the editor has for it. */
export async function realPlace(uri: Uri): Promise<Uri> {
  const real = await realpath(uri.fsPath);
  if (real === uri.fsPath) return uri;
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder) return Uri.file(real);
  const below = relative(await realpath(folder.uri.fsPath), real);
  const outside = below.startsWith('..') || isAbsolute(below);
  return outside ? Uri.file(real) : Uri.joinPath(folder.uri, ...below.split(sep));
}
