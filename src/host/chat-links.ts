import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Those of the paths, as a model wrote them, that are files of the workspace. */
export async function filesAmong(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(async (path) => ((await fileAt(path)) === undefined ? [] : [path])));
  return found.flat();
}

export async function openFile(place: {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}): Promise<void> {
  const uri = await fileAt(place.path);
  if (uri === undefined) {
    void vscode.window.showInformationMessage(l10n.t('{0} is not a file of this workspace.', place.path));
    return;
  }
  if (place.line === undefined) {
    await vscode.commands.executeCommand('vscode.open', uri);
    return;
  }
  const position = new vscode.Position(place.line - 1, (place.column ?? 1) - 1);
  await vscode.commands.executeCommand('vscode.open', uri, { selection: new vscode.Range(position, position) });
}

/** Opens where `name` (e.g. `Session.receive()`) is declared, as the language's own extension knows it. */
export async function openSymbol(name: string): Promise<void> {
  const wanted = bare(name.split(/[.#]|::/).at(-1) ?? name);
  const answers = await vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    wanted,
  );
  const symbols = (answers ?? []).filter((symbol) => bare(symbol.name) === wanted);
  const symbol = symbols.length > 1 ? await choose(symbols) : symbols[0];
  if (symbols.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No symbol named {0} is known in this workspace.', wanted));
  }
  if (symbol === undefined) return;
  const { uri, range } = symbol.location;
  await vscode.commands.executeCommand('vscode.open', uri, { selection: new vscode.Range(range.start, range.start) });
}

async function choose(symbols: readonly vscode.SymbolInformation[]): Promise<vscode.SymbolInformation | undefined> {
  const items = symbols.map((symbol) => ({
    label: symbol.name,
    description: symbol.containerName,
    detail: `${vscode.workspace.asRelativePath(symbol.location.uri)}:${symbol.location.range.start.line + 1}`,
    symbol,
  }));
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Several symbols have this name') }))?.symbol;
}

/** TypeScript, for one, names functions with their brackets. */
const bare = (name: string): string => name.replace(/\(.*$/, '').trim();

/** The file of the workspace that `path` names, relative to a folder of it or absolute; never one outside. */
async function fileAt(path: string): Promise<vscode.Uri | undefined> {
  for (const uri of vscode.workspace.workspaceFolders?.flatMap((folder) => inside(folder.uri, path)) ?? []) {
    try {
      const { type } = await vscode.workspace.fs.stat(uri);
      if ((type & vscode.FileType.File) !== 0) return uri;
    } catch {
      // Not there: perhaps in another folder.
    }
  }
  return undefined;
}

/** Where `path` would be in a folder; nothing where it leads out of it. */
export function inside(folder: vscode.Uri, path: string): readonly vscode.Uri[] {
  const clean = path.replaceAll('\\', '/');
  const absolute = clean.startsWith('/') || /^[a-z]:\//i.test(clean);
  const uri = absolute ? folder.with({ path: vscode.Uri.file(clean).path }) : vscode.Uri.joinPath(folder, clean);
  const root = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return uri.path.startsWith(root) && !uri.path.split('/').includes('..') ? [uri] : [];
}
