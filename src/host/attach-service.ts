import * as l10n from '@vscode/l10n';
import { Disposable, TabInputNotebook, TabInputText, TabInputTextDiff, Uri, window } from 'vscode';
import type { Attachment } from '../context/attachment.ts';
import type { Mention } from '../context/mention.ts';
import type { HiddenBecause } from './allowed-files.ts';
import { complete, type Read } from './attach-draft.ts';
import { readFile } from './attach-file.ts';
import { readFolder } from './attach-folder.ts';
import { readChanges, readCommit } from './attach-git.ts';
import { pickImages } from './attach-image.ts';
import { type PageDoor, readPage } from './attach-page.ts';
import { readProblems } from './attach-problems.ts';
import { readSymbol } from './attach-symbol.ts';
import { readTerminal } from './attach-terminal.ts';
import { EditorInFront, shownOf } from './editor-in-front.ts';
import { FileIndex } from './file-index.ts';
import { RecentFiles } from './recent-files.ts';
import { TerminalOutputs } from './terminal-output.ts';

/** All that can be attached in this window, and how each kind is read. Made when a chat is first shown. */
export class AttachService implements Disposable {
  readonly files = new FileIndex();
  readonly recent = new RecentFiles();
  readonly terminals = new TerminalOutputs();
  readonly editor: EditorInFront;
  readonly hiddenBecause: HiddenBecause;
  readonly #door: PageDoor;
  readonly #editorListeners = new Set<() => void>();

  constructor(hiddenBecause: HiddenBecause, door: PageDoor) {
    this.hiddenBecause = hiddenBecause;
    this.#door = door;
    this.editor = new EditorInFront(() => {
      for (const listener of this.#editorListeners) listener();
    });
  }

  /** The editor in front, its selection, or what is on the screen of it changed. */
  onDidChangeEditor(listener: () => void): Disposable {
    this.#editorListeners.add(listener);
    return new Disposable(() => this.#editorListeners.delete(listener));
  }

  async read(mention: Mention, signal: AbortSignal): Promise<readonly Read[]> {
    const { hiddenBecause } = this;
    switch (mention.kind) {
      case 'file':
        return [await readFile(Uri.parse(mention.uri), mention.lines, hiddenBecause)];
      case 'folder':
        return [await readFolder(Uri.parse(mention.uri), hiddenBecause, signal)];
      case 'symbol':
        return [await readSymbol(mention, hiddenBecause)];
      case 'selection':
      case 'editor':
        return [await this.#readEditor()];
      case 'editors':
        return Promise.all(openFiles().map((uri) => readFile(uri, undefined, hiddenBecause)));
      case 'problems':
        return [await readProblems(mention.uri === undefined ? undefined : Uri.parse(mention.uri), hiddenBecause)];
      case 'changes':
        return [await readChanges(mention.staged, hiddenBecause, signal)];
      case 'commit':
        return [await readCommit(mention, hiddenBecause, signal)];
      case 'terminal':
        return [readTerminal(await this.terminals.wholeLast(signal))];
      case 'page':
        return [await readPage(mention.url, this.#door, signal)];
      case 'image':
        return Promise.all((await pickImages()).map((uri) => readFile(uri, undefined, hiddenBecause)));
    }
  }

  /** What is not committed yet, or why there is nothing to show. */
  async changes(): Promise<readonly Attachment[] | string> {
    const read = await readChanges(false, this.hiddenBecause, AbortSignal.timeout(20_000));
    if (read.kind === 'read') return read.drafts.map(complete);
    return read.kind === 'refused' ? read.reason : [];
  }

  dispose(): void {
    this.files.dispose();
    this.recent.dispose();
    this.terminals.dispose();
    this.editor.dispose();
  }

  async #readEditor(): Promise<Read> {
    const editor = this.editor.current();
    if (!editor) {
      const reason = l10n.t('No file is open.');
      return { kind: 'refused', of: 'selection', label: l10n.t('Selection'), reason };
    }
    const { uri, lines } = shownOf(editor);
    return readFile(uri, lines, this.hiddenBecause);
  }
}

/** Of all tabs, once each. */
export function openFiles(): readonly Uri[] {
  const uris = window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => {
      if (input instanceof TabInputText || input instanceof TabInputNotebook) return [input.uri];
      return input instanceof TabInputTextDiff ? [input.modified] : [];
    }),
  );
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}
