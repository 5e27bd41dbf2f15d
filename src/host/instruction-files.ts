import { readFile, stat } from 'node:fs/promises';
import { Disposable, EventEmitter, FileType, type Memento, Uri, workspace } from 'vscode';
import { type InstructionFile, instructionFileNames, nestedInstructions } from '../context/instructions.ts';
import { type HiddenBecause, isAllowed } from './allowed-files.ts';
import { pathOf } from './document-path.ts';

/** Nobody writes instructions as long as this; of what is longer only the beginning is read. */
const mostBytes = 200_000;
const offKey = 'tutti.instructionsOff';

/** The files that say how models should work here: of a trusted workspace's folders, and of those below that a chat's files are in. */
export class InstructionFiles implements Disposable {
  readonly #hiddenBecause: HiddenBecause;
  readonly #memento: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables: Disposable;
  readonly #texts = new Map<string, { readonly version: string; readonly text: string }>();
  readonly onDidChange = this.#changed.event;

  /** `memento`: which files are switched off in this workspace. */
  constructor(hiddenBecause: HiddenBecause, memento: Memento) {
    this.#hiddenBecause = hiddenBecause;
    this.#memento = memento;
    const watcher = workspace.createFileSystemWatcher('**/{AGENTS.md,CLAUDE.md,copilot-instructions.md}');
    const tell = (): void => this.#changed.fire();
    this.#disposables = Disposable.from(
      this.#changed,
      watcher,
      watcher.onDidChange(tell),
      watcher.onDidCreate(tell),
      watcher.onDidDelete(tell),
      workspace.onDidGrantWorkspaceTrust(tell),
      workspace.onDidChangeWorkspaceFolders(tell),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('tutti.chat.instructions')) tell();
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /**
   * All there are, whether or not they are switched off, with those of the folders that `files` are in; none where the
   * workspace is not trusted or the setting says so.
   */
  async read(files: readonly string[]): Promise<readonly InstructionFile[]> {
    if (!workspace.isTrusted || workspace.getConfiguration('tutti.chat').get('instructions') === false) return [];
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const places = folders.flatMap((uri) => instructionFileNames.map((name) => Uri.joinPath(uri, name)));
    const nested = nestedInstructions(folders.map(String), files).map((uri) => Uri.parse(uri));
    const known = new Set(places.map(String));
    const all = [...places, ...nested.filter((uri) => !known.has(uri.toString()))];
    const read = await Promise.all(all.map((uri) => this.#read(uri)));
    return read.filter((file) => file !== undefined);
  }

  isOn(uri: string): boolean {
    return !this.#off.includes(uri);
  }

  async use(uri: string, on: boolean): Promise<void> {
    const others = this.#off.filter((other) => other !== uri);
    await this.#memento.update(offKey, on ? others : [...others, uri]);
    this.#changed.fire();
  }

  get #off(): readonly string[] {
    const off: unknown = this.#memento.get(offKey);
    return Array.isArray(off) ? off.filter((uri) => typeof uri === 'string') : [];
  }

  async #read(uri: Uri): Promise<InstructionFile | undefined> {
    try {
      const version = await versionOf(uri);
      if (version === undefined || !(await isAllowed(uri, this.#hiddenBecause, 'workspace'))) return undefined;
      const key = uri.toString();
      const kept = this.#texts.get(key);
      const text = kept?.version === version ? kept.text : await textOf(uri);
      this.#texts.set(key, { version, text });
      return { uri: key, name: nameOf(uri), text };
    } catch {
      // Not there, or gone between two looks.
      return undefined;
    }
  }
}

/** With the folder's name where there are several. */
function nameOf(uri: Uri): string {
  const folder = workspace.getWorkspaceFolder(uri);
  return (workspace.workspaceFolders?.length ?? 0) > 1 && folder ? `${folder.name}/${pathOf(uri)}` : pathOf(uri);
}

async function versionOf(uri: Uri): Promise<string | undefined> {
  if (uri.scheme === 'file') {
    const found = await stat(uri.fsPath);
    return found.isFile() ? `${found.mtimeMs}:${found.size}` : undefined;
  }
  const { type, mtime, size } = await workspace.fs.stat(uri);
  return (type & FileType.File) > 0 ? `${mtime}:${size}` : undefined;
}

async function textOf(uri: Uri): Promise<string> {
  const bytes = await (uri.scheme === 'file' ? readFile(uri.fsPath) : workspace.fs.readFile(uri));
  return new TextDecoder().decode(bytes.subarray(0, mostBytes));
}
