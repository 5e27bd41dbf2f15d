import {
  Disposable,
  TabInputText,
  TabInputTextDiff,
  type TextDocument,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { isSource } from './allowed-files.ts';

const mostKept = 40;

/** A file that was looked at or typed in, and where. */
export interface RecentFile {
  readonly uri: Uri;
  /** The first line that was on the screen last, or the one typed in; counted from 0. */
  readonly line: number;
}

/** Which files the user has seen, in which order. Costs one small note for a key. */
export class RecentFiles implements Disposable {
  /** The latest last. */
  readonly #seen = new Map<string, RecentFile>();
  readonly #listeners: Disposable;

  constructor() {
    for (const editor of window.visibleTextEditors) this.#see(editor);
    if (window.activeTextEditor) this.#see(window.activeTextEditor);
    this.#listeners = Disposable.from(
      window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) if (!this.#seen.has(editor.document.uri.toString())) this.#see(editor);
      }),
      window.onDidChangeActiveTextEditor((editor) => editor && this.#see(editor)),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#scrolled(textEditor)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const line = contentChanges[0]?.range.start.line;
        if (line !== undefined && this.#isSeen(document)) this.#note(document.uri, line);
      }),
    );
  }

  /** Seen or open in a tab, the latest first. */
  list(): readonly RecentFile[] {
    const seen = [...this.#seen.values()].reverse();
    const tabs = tabUris()
      .filter((uri) => isSource(uri) && !this.#seen.has(uri.toString()))
      .map((uri) => ({ uri, line: 0 }));
    return [...seen, ...tabs];
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #see({ document, visibleRanges }: TextEditor): void {
    this.#note(document.uri, visibleRanges[0]?.start.line ?? 0);
  }

  #scrolled({ document, visibleRanges }: TextEditor): void {
    const key = document.uri.toString();
    const line = visibleRanges[0]?.start.line;
    // Scrolling is no reason to come first: the editor scrolls by itself, too.
    if (line !== undefined && this.#seen.has(key)) this.#seen.set(key, { uri: document.uri, line });
  }

  #isSeen({ uri }: TextDocument): boolean {
    return this.#seen.has(uri.toString());
  }

  #note(uri: Uri, line: number): void {
    // Cells have their own way, and a notebook has many.
    if (!isSource(uri) || uri.scheme === 'vscode-notebook-cell') return;
    const key = uri.toString();
    this.#seen.delete(key);
    this.#seen.set(key, { uri, line });
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > mostKept && oldest !== undefined) this.#seen.delete(oldest);
  }
}

function tabUris(): readonly Uri[] {
  const inputs = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return inputs.flatMap((input) => {
    if (input instanceof TabInputText) return [input.uri];
    return input instanceof TabInputTextDiff ? [input.modified] : [];
  });
}
