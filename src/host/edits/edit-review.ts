import {
  commands,
  Disposable,
  EventEmitter,
  Range,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { TextChange } from '../../edits/edit.ts';
import { type TrackedHunk, TrackedHunks } from '../../edits/tracked-hunks.ts';

interface Reviewed {
  readonly document: TextDocument;
  readonly tracked: TrackedHunks;
  readonly turns: Set<string>;
}

/** Which changes of edits in open documents nobody has kept or undone yet. */
export class EditReview implements Disposable {
  readonly #reviewed = new Map<string, Reviewed>();
  readonly #expected = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable;
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = Disposable.from(
      this.#changed,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const key = document.uri.toString();
        const reviewed = this.#reviewed.get(key);
        if (!reviewed || this.#expected.get(key) === document.getText()) return;
        reviewed.tracked.typed(
          contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
            offset: rangeOffset,
            removed: rangeLength,
            inserted: text.length,
          })),
        );
        this.#tell(document.uri);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (this.#reviewed.delete(uri.toString())) this.#tell(uri);
      }),
      window.onDidChangeActiveTextEditor(() => this.#tellContext()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** An edit of ours is about to be made; the function it returns is to be called when it was, or was not. */
  expect(
    turn: string,
    edits: readonly { readonly document: TextDocument; readonly before: string; readonly after: string }[],
  ): (isApplied: boolean) => void {
    for (const { document, after } of edits) this.#expected.set(document.uri.toString(), after);
    return (isApplied) => {
      for (const { document, before, after } of edits) {
        const key = document.uri.toString();
        this.#expected.delete(key);
        if (!isApplied) continue;
        const reviewed = this.#reviewed.get(key) ?? { document, tracked: new TrackedHunks(), turns: new Set<string>() };
        reviewed.tracked.edited(before, after);
        reviewed.turns.add(turn);
        this.#reviewed.set(key, reviewed);
        this.#tell(document.uri);
      }
    };
  }

  hunks(uri: Uri): readonly TrackedHunk[] {
    return this.#reviewed.get(uri.toString())?.tracked.hunks ?? [];
  }

  /** Documents with changes to look at. */
  get uris(): readonly Uri[] {
    return [...this.#reviewed.values()].map(({ document }) => document.uri);
  }

  /** The text with all changes under review undone. */
  baseline(uri: Uri): string | undefined {
    const reviewed = this.#reviewed.get(uri.toString());
    return reviewed?.tracked.baseline(reviewed.document.getText());
  }

  keep(uri: Uri, id?: number): void {
    const reviewed = this.#reviewed.get(uri.toString());
    if (!reviewed) return;
    for (const hunk of id === undefined ? reviewed.tracked.hunks : [{ id }]) reviewed.tracked.keep(hunk.id);
    this.#tell(uri);
  }

  /** Puts back what stood there before one change, or before all of them, as one step of undo. */
  async undo(uri: Uri, id?: number): Promise<void> {
    const reviewed = this.#reviewed.get(uri.toString());
    if (!reviewed) return;
    const { document, tracked } = reviewed;
    const hunks = id === undefined ? tracked.hunks : tracked.hunks.filter((hunk) => hunk.id === id);
    const edit = new WorkspaceEdit();
    const changes = hunks.map(({ id: hunk }) => tracked.reverting(hunk)).filter((change) => change !== undefined);
    for (const change of changes) edit.replace(uri, rangeOf(document, change), change.text);
    // What is typed from here on is the typist's: the changes are settled before they are made.
    for (const hunk of hunks) tracked.keep(hunk.id);
    await workspace.applyEdit(edit);
    this.#tell(uri);
  }

  #tell(uri: Uri): void {
    const reviewed = this.#reviewed.get(uri.toString());
    if (reviewed?.tracked.hunks.length === 0) this.#reviewed.delete(uri.toString());
    this.#changed.fire(uri);
    this.#tellContext();
  }

  #tellContext(): void {
    const uri = window.activeTextEditor?.document.uri;
    const isReviewed = uri !== undefined && this.hunks(uri).length > 0;
    void commands.executeCommand('setContext', 'tutti.reviewing', isReviewed);
    void commands.executeCommand('setContext', 'tutti.reviewingAny', this.#reviewed.size > 0);
  }
}

export function rangeOf(document: TextDocument, { start, end }: Pick<TextChange, 'start' | 'end'>): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}
