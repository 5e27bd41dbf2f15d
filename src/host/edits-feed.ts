import { Disposable, type TextDocument, type TextDocumentChangeEvent, window, workspace } from 'vscode';
import type { RecentEdits } from '../context/recent-edits.ts';
import { type HiddenBecause, isAllowed, isSource } from './allowed-files.ts';
import { fileOf, pathOf } from './document-path.ts';

/** Files that people write by hand are shorter. */
const longestDocument = 500_000;

/** Tells what is edited in the files people see. Of a hidden file, no character is handed over; for a key, only its change. */
export class EditsFeed implements Disposable {
  readonly #edits: RecentEdits;
  readonly #hiddenBecause: HiddenBecause;
  /** Looked at and left out, or being looked at: hidden, too long, no source code. */
  #passedOver = new Set<string>();
  readonly #listeners: Disposable;

  constructor(edits: RecentEdits, hiddenBecause: HiddenBecause) {
    this.#edits = edits;
    this.#hiddenBecause = hiddenBecause;
    this.#watchVisible();
    this.#listeners = Disposable.from(
      window.onDidChangeVisibleTextEditors(() => this.#watchVisible()),
      workspace.onDidChangeTextDocument((event) => this.#changed(event)),
      workspace.onDidCloseTextDocument(({ uri }) => {
        const key = uri.toString();
        this.#passedOver.delete(key);
        edits.closed(key);
      }),
    );
  }

  /** The rules of hiding are others: what was known is forgotten, and every file is looked at again. */
  forget(): void {
    this.#edits.forget();
    this.#passedOver = new Set();
    this.#watchVisible();
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #watchVisible(): void {
    for (const { document } of window.visibleTextEditors) {
      if (!this.#edits.isWatched(document.uri.toString())) void this.#watch(document);
    }
  }

  #changed({ document, contentChanges }: TextDocumentChangeEvent): void {
    const key = document.uri.toString();
    if (this.#edits.isWatched(key)) {
      const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
        offset: rangeOffset,
        removedLength: rangeLength,
        insertedText: text,
      }));
      this.#edits.changed(key, changes);
    } else if (contentChanges.length > 0) void this.#watch(document);
  }

  async #watch(document: TextDocument): Promise<void> {
    const key = document.uri.toString();
    const passedOver = this.#passedOver;
    if (passedOver.has(key)) return;
    passedOver.add(key);
    if (!isSource(document.uri) || lengthOf(document) > longestDocument) return;
    if (!(await isAllowed(fileOf(document.uri), this.#hiddenBecause, 'anywhere'))) return;
    // The rules may have changed, or the file been closed, while they were asked.
    if (passedOver !== this.#passedOver || !passedOver.delete(key) || document.isClosed) return;
    const { uri, languageId } = document;
    this.#edits.opened({ uri: key, path: pathOf(uri), languageId, text: document.getText() });
  }
}

function lengthOf(document: TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
