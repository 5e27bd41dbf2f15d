import * as l10n from '@vscode/l10n';
import { Disposable, type Uri, type WorkspaceFolder, workspace } from 'vscode';
import {
  type GlobList,
  globRules,
  type IgnoreFile,
  ignoreFileName,
  ignoreRules,
  type PathRules,
} from '../context/ignore-rules.ts';
import { realPlace } from './allowed-files.ts';
import { IgnoreFileTexts } from './ignore-file-texts.ts';
import { globsOf, onGlobsChange } from './privacy-globs.ts';

/** What an administrator adds to the globs of the settings. */
export interface AddedGlobs {
  ignore(): readonly string[];
  localOnly(): readonly string[];
}

/** Which files no model may see, and which only local ones may: reads `.tuttiignore` files on first need, and anew when one is another. */
export class IgnoreFiles implements Disposable {
  readonly #added: AddedGlobs;
  /** By workspace folder and folder in it. */
  readonly #rules = new Map<string, KnownRules>();
  readonly #texts = new IgnoreFileTexts(() => this.forget());
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
    this.#texts.forget();
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

  async #rulesFor(folder: WorkspaceFolder | undefined, uri: Uri): Promise<PathRules> {
    const path = pathIn(folder, uri);
    const inside = folder ? path.slice(0, path.lastIndexOf('/') + 1).replace(/^\/|\/$/g, '') : '';
    const files = folder ? await this.#texts.above(folder.uri, inside) : [];
    const key = `${folder?.uri.toString() ?? ''}\n${inside}`;
    const known = this.#rules.get(key);
    if (known && sameFiles(known.files, files)) return known.rules;
    const rules = ignoreRules(files, listsOf('ignore', folder?.uri ?? uri, this.#added.ignore()));
    this.#rules.set(key, { files, rules });
    return rules;
  }

  #localOnlyIn(folder: WorkspaceFolder | undefined, uri: Uri): PathRules {
    const key = folder?.uri.toString() ?? '';
    const rules =
      this.#localOnly.get(key) ?? globRules(listsOf('localOnly', folder?.uri ?? uri, this.#added.localOnly()));
    this.#localOnly.set(key, rules);
    return rules;
  }
}

interface KnownRules {
  /** What they were made of. */
  readonly files: readonly IgnoreFile[];
  readonly rules: PathRules;
}

function sameFiles(some: readonly IgnoreFile[], others: readonly IgnoreFile[]): boolean {
  const same = ({ folder, text }: IgnoreFile, index: number): boolean =>
    folder === others[index]?.folder && text === others[index].text;
  return some.length === others.length && some.every(same);
}

function listsOf(name: 'ignore' | 'localOnly', uri: Uri, added: readonly string[]): readonly GlobList[] {
  const [bySetting, byAdministrator] =
    name === 'ignore'
      ? [
          l10n.t('The setting tutti.privacy.ignore keeps this file from every model.'),
          l10n.t('Your administrator keeps this file from every model.'),
        ]
      : [
          l10n.t('The setting tutti.privacy.localOnly lets only local models see this file.'),
          l10n.t('Your administrator lets only local models see this file.'),
        ];
  return [
    ...globsOf(name, uri).map((globs) => ({ globs, reason: bySetting })),
    { globs: added, reason: byAdministrator },
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
