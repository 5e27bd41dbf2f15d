import { readFile } from 'node:fs/promises';
import { Disposable, Uri, type WorkspaceFolder, workspace } from 'vscode';
import {
  type GlobList,
  globRules,
  type IgnoreFile,
  ignoreFileName,
  ignoreRules,
  type PathRules,
} from '../context/ignore-rules.ts';
import { realPlace } from './allowed-files.ts';
import { globsOf, onGlobsChange } from './privacy-globs.ts';

/** What an administrator adds to the globs of the settings. */
export interface AddedGlobs {
  ignore(): readonly string[];
  localOnly(): readonly string[];
}

/** Which files no model may see, and which only local ones may: reads `.tuttiignore` files on first need, and anew when one changes. */
export class IgnoreFiles implements Disposable {
  readonly #added: AddedGlobs;
  /** By workspace folder and folder in it. */
  readonly #rules = new Map<string, Promise<PathRules>>();
  readonly #texts = new Map<string, Promise<string | undefined>>();
  readonly #localOnly = new Map<string, PathRules>();
  readonly #listeners = new Set<() => void>();
  readonly #disposables: Disposable;

  constructor(added: AddedGlobs = { ignore: () => [], localOnly: () => [] }) {
    this.#added = added;
    const watcher = workspace.createFileSystemWatcher(`**/${ignoreFileName}`);
    const forget = (): void => this.forget();
    this.#disposables = Disposable.from(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      workspace.onDidChangeWorkspaceFolders(forget),
      onGlobsChange(forget),
    );
  }

  /** Why no model may see the file, neither under its own name nor under the one a link leads to; undefined = one may. */
  async hiddenBecause(uri: Uri): Promise<string | undefined> {
    return this.#anyName(uri, async (name) => {
      const reasons = foldersOf(name).map(async (folder) => (await this.#rulesFor(folder, name))(pathIn(folder, name)));
      return (await Promise.all(reasons)).find((reason) => reason !== undefined);
    });
  }

  /** Why only local models may see it; undefined = all may. */
  async localOnlyBecause(uri: Uri): Promise<string | undefined> {
    return this.#anyName(uri, async (name) =>
      foldersOf(name)
        .map((folder) => this.#localOnlyIn(folder, name)(pathIn(folder, name)))
        .find((reason) => reason !== undefined),
    );
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  }

  /** To be told when an administrator has changed the rules, too. */
  forget(): void {
    this.#rules.clear();
    this.#texts.clear();
    this.#localOnly.clear();
    for (const listener of this.#listeners) listener();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #anyName(uri: Uri, reasonFor: (uri: Uri) => Promise<string | undefined>): Promise<string | undefined> {
    const reason = await reasonFor(uri);
    if (reason !== undefined || uri.scheme !== 'file') return reason;
    // A file that is not there yet is only known by its name.
    const real = await realPlace(uri).catch(() => uri);
    return real.path === uri.path ? undefined : reasonFor(real);
  }

  #rulesFor(folder: WorkspaceFolder | undefined, uri: Uri): Promise<PathRules> {
    const path = pathIn(folder, uri);
    const inside = folder ? path.slice(0, path.lastIndexOf('/') + 1).replace(/^\/|\/$/g, '') : '';
    const key = `${folder?.uri.toString() ?? ''}\n${inside}`;
    return this.#kept(this.#rules, key, async () => {
      const files = folder ? await this.#ignoreFilesAbove(folder, inside) : [];
      return ignoreRules(files, listsOf('ignore', folder?.uri ?? uri, this.#added.ignore()));
    });
  }

  #localOnlyIn(folder: WorkspaceFolder | undefined, uri: Uri): PathRules {
    const key = folder?.uri.toString() ?? '';
    const rules =
      this.#localOnly.get(key) ?? globRules(listsOf('localOnly', folder?.uri ?? uri, this.#added.localOnly()));
    this.#localOnly.set(key, rules);
    return rules;
  }

  /** Those of the workspace folder, of `inside`, and of every folder between. */
  async #ignoreFilesAbove(root: WorkspaceFolder, inside: string): Promise<readonly IgnoreFile[]> {
    const names = inside === '' ? [] : inside.split('/');
    const folders = ['', ...names.map((_, index) => names.slice(0, index + 1).join('/'))];
    const files = folders.map(async (folder) => {
      const uri = Uri.joinPath(root.uri, folder, ignoreFileName);
      const text = await this.#kept(this.#texts, uri.toString(), () => textAt(uri));
      return text === undefined ? [] : [{ folder, text }];
    });
    return (await Promise.all(files)).flat();
  }

  /** What could not be read is tried again, and until then nothing it may be about is shown. */
  #kept<T>(all: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
    const known = all.get(key);
    if (known) return known;
    const made = make();
    all.set(key, made);
    made.catch(() => {
      if (all.get(key) === made) all.delete(key);
    });
    return made;
  }
}

function listsOf(name: 'ignore' | 'localOnly', uri: Uri, added: readonly string[]): readonly GlobList[] {
  const what = name === 'ignore' ? 'keeps this file from every model' : 'lets only local models see this file';
  return [
    ...globsOf(name, uri).map((globs) => ({ globs, reason: `The setting tutti.privacy.${name} ${what}.` })),
    { globs: added, reason: `Your administrator ${what}.` },
  ];
}

/**
 * Every workspace folder a file is below: one may lie in another. Also of a notebook's cell, an old version and an
 * unsaved copy, whose addresses only have the path of their file. Outside of all, the file stands alone.
 */
function foldersOf(uri: Uri): readonly (WorkspaceFolder | undefined)[] {
  const own = workspace.getWorkspaceFolder(uri);
  const byPath = ({ uri: folder }: WorkspaceFolder): boolean =>
    uri.path.startsWith(`${folder.path.replace(/\/$/, '')}/`);
  const around = (workspace.workspaceFolders ?? []).filter((folder) => folder !== own && byPath(folder));
  const all = own ? [own, ...around] : around;
  return all.length === 0 ? [undefined] : all;
}

function pathIn(folder: WorkspaceFolder | undefined, { path }: Uri): string {
  return folder && path.startsWith(folder.uri.path) ? path.slice(folder.uri.path.length) : path;
}

/** undefined = there is none. */
async function textAt(uri: Uri): Promise<string | undefined> {
  try {
    const bytes = await (uri.scheme === 'file' ? readFile(uri.fsPath) : workspace.fs.readFile(uri));
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** A folder that is none is without such a file, too: of an unsaved file nothing stands anywhere. */
function isNotFound(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'ENOTDIR', 'FileNotFound', 'FileNotADirectory'].includes(code);
}
