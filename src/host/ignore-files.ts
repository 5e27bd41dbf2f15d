import { Disposable, RelativePattern, type Uri, type WorkspaceFolder, workspace } from 'vscode';
import { type IgnoreFile, type IgnoreRules, ignoreFileName, ignoreRules } from '../context/ignore-rules.ts';

const setting = 'tutti.privacy.ignore';
const mostFiles = 200;

/** Which files no model may see: reads a folder's `.tuttiignore` files on first need, and anew when one changes. */
export class IgnoreFiles implements Disposable {
  readonly #rules = new Map<string, Promise<IgnoreRules>>();
  readonly #listeners = new Set<() => void>();
  readonly #disposables: Disposable;

  constructor() {
    const watcher = workspace.createFileSystemWatcher(`**/${ignoreFileName}`);
    const forget = (): void => {
      this.#rules.clear();
      for (const listener of this.#listeners) listener();
    };
    this.#disposables = Disposable.from(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      workspace.onDidChangeWorkspaceFolders(forget),
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(setting) && forget()),
    );
  }

  /** Why no model may see the file; undefined = it may. */
  async hiddenBecause(uri: Uri): Promise<string | undefined> {
    const folder = folderOf(uri);
    const rules = await this.#rulesOf(folder, uri);
    return rules(folder ? uri.path.slice(folder.uri.path.length) : uri.path);
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #rulesOf(folder: WorkspaceFolder | undefined, uri: Uri): Promise<IgnoreRules> {
    const key = folder?.uri.toString() ?? '';
    const kept = this.#rules.get(key);
    if (kept) return kept;
    const patterns = ignoredBySettings(folder?.uri ?? uri);
    const read = (folder ? ignoreFilesIn(folder) : Promise.resolve([])).then((files) => ignoreRules(files, patterns));
    this.#rules.set(key, read);
    // A folder that could not be read is tried again, and until then nothing of it is shown.
    read.catch(() => this.#rules.delete(key));
    return read;
  }
}

/** A workspace may hide more than its user does, never less. */
function ignoredBySettings(uri: Uri): readonly string[] {
  const { globalValue, workspaceValue, workspaceFolderValue } =
    workspace.getConfiguration('tutti', uri).inspect<unknown>('privacy.ignore') ?? {};
  return [globalValue, workspaceValue, workspaceFolderValue].flatMap((globs) =>
    Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : [],
  );
}

/** Also of a notebook's cell, whose address only has the path of its file. */
function folderOf(uri: Uri): WorkspaceFolder | undefined {
  const byPath = ({ uri: folder }: WorkspaceFolder): boolean => uri.path.startsWith(`${folder.path}/`);
  return workspace.getWorkspaceFolder(uri) ?? workspace.workspaceFolders?.find(byPath);
}

async function ignoreFilesIn(folder: WorkspaceFolder): Promise<readonly IgnoreFile[]> {
  const found = await workspace.findFiles(new RelativePattern(folder, `**/${ignoreFileName}`), null, mostFiles);
  return Promise.all(
    found.map(async (uri) => ({
      folder: uri.path.slice(folder.uri.path.length + 1, -ignoreFileName.length - 1),
      text: new TextDecoder().decode(await workspace.fs.readFile(uri)),
    })),
  );
}
