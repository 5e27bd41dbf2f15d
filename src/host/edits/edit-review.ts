import * as l10n from '@vscode/l10n';
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
import { lineFeeds } from '../../util/line-feeds.ts';

/** So often is an undo tried again that was typed into. */
const mostTries = 20;

interface Reviewed {
  readonly document: TextDocument;
  readonly tracked: TrackedHunks;
}

/** An edit of ours that is about to be made: it turns `before`, which is the document's text, into `after`. */
export interface ExpectedEdit {
  readonly document: TextDocument;
  readonly before: string;
  readonly after: string;
  readonly own?: FollowedEdit;
}

/** An edit of several parts, followed on its own, so that it can be taken back alone. */
export interface FollowedEdit {
  readonly document: TextDocument;
  readonly tracked: TrackedHunks;
}

/** Which changes of edits in open documents nobody has kept or undone yet. */
export class EditReview implements Disposable {
  readonly #reviewed = new Map<string, Reviewed>();
  readonly #expected = new Map<string, ExpectedEdit>();
  readonly #followed = new Set<FollowedEdit>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable;
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = Disposable.from(
      this.#changed,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const key = document.uri.toString();
        const expected = this.#expected.get(key);
        const isOurs = expected !== undefined && isText(document, expected.after);
        const typed = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          removed: rangeLength,
          inserted: text.length,
        }));
        for (const followed of this.#followed) {
          if (followed.document !== document || (isOurs && expected.own === followed)) continue;
          followed.tracked.typed(typed);
        }
        if (isOurs) {
          this.#edited(expected);
          return;
        }
        const reviewed = this.#reviewed.get(key);
        if (!reviewed) return;
        reviewed.tracked.typed(typed);
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

  /** Edits of ours are about to be made; the function it returns is to be called when they were, or were not. */
  expect(edits: readonly ExpectedEdit[]): (isApplied: boolean) => void {
    for (const edit of edits) this.#expected.set(edit.document.uri.toString(), edit);
    return (isApplied) => {
      for (const edit of edits) {
        const key = edit.document.uri.toString();
        if (this.#expected.get(key) !== edit) continue;
        if (isApplied && isText(edit.document, edit.after)) this.#edited(edit);
        this.#expected.delete(key);
      }
    };
  }

  follow(document: TextDocument): FollowedEdit & Disposable {
    const followed = { document, tracked: new TrackedHunks(), dispose: () => void this.#followed.delete(followed) };
    this.#followed.add(followed);
    return followed;
  }

  /** Takes a followed edit back, but for what was typed into since; what was up for review before it still is. */
  async takeBack(followed: FollowedEdit): Promise<void> {
    const { document, tracked } = followed;
    await untilApplied(document, async () => {
      const before = document.getText();
      const after = tracked.baseline(before);
      if (before === after) return true;
      const edit = new WorkspaceEdit();
      const changes = tracked.hunks.map(({ id }) => tracked.reverting(id)).filter((change) => change !== undefined);
      for (const change of changes) edit.replace(document.uri, rangeOf(document, change), change.text);
      const done = this.expect([{ document, before, after, own: followed }]);
      const isApplied = await workspace.applyEdit(edit);
      done(isApplied);
      return isApplied;
    });
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
    const { document, tracked } = reviewed;
    for (const hunk of tracked.hunks) {
      if (id !== undefined && hunk.id !== id) continue;
      tracked.keep(hunk.id);
      // What is kept is kept, also where the edit is cancelled that it is a part of.
      for (const followed of this.#followed) if (followed.document === document) settle(followed.tracked, hunk);
    }
    this.#tell(uri);
  }

  /** Puts back what stood there before one change, or before all of them, as one step of undo. */
  async undo(uri: Uri, id?: number): Promise<void> {
    const reviewed = this.#reviewed.get(uri.toString());
    if (!reviewed) return;
    const { document, tracked } = reviewed;
    const wanted = new Set(id === undefined ? tracked.hunks.map((hunk) => hunk.id) : [id]);
    await untilApplied(document, async () => {
      const changes = [...wanted].map((hunk) => tracked.reverting(hunk)).filter((change) => change !== undefined);
      const edit = new WorkspaceEdit();
      for (const change of changes) edit.replace(uri, rangeOf(document, change), change.text);
      return changes.length === 0 || workspace.applyEdit(edit);
    });
    for (const hunk of wanted) tracked.keep(hunk);
    this.#tell(uri);
  }

  /** At the very moment the document has it: what is typed next is in places of the new text. */
  #edited({ document, before, own }: ExpectedEdit): void {
    const key = document.uri.toString();
    this.#expected.delete(key);
    own?.tracked.edited(before, document.getText());
    const reviewed = this.#reviewed.get(key) ?? { document, tracked: new TrackedHunks() };
    // A document has one kind of line end, whatever was written into it.
    reviewed.tracked.edited(before, document.getText());
    this.#reviewed.set(key, reviewed);
    this.#tell(document.uri);
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

function settle(tracked: TrackedHunks, { start, end }: TrackedHunk): void {
  for (const hunk of tracked.hunks) if (hunk.start <= end && start <= hunk.end) tracked.keep(hunk.id);
}

/** What was refused for what was typed meanwhile is tried again: the hunks have moved along with it. */
async function untilApplied(document: TextDocument, apply: () => PromiseLike<boolean>): Promise<void> {
  for (let left = mostTries; left > 0; left--) {
    const { version } = document;
    if (await apply()) return;
    if (document.version === version) break;
  }
  throw new Error(l10n.t('VS Code refused the edit; nothing was changed.'));
}

const isText = (document: TextDocument, text: string): boolean => lineFeeds(document.getText()) === lineFeeds(text);

export function rangeOf(document: TextDocument, { start, end }: Pick<TextChange, 'start' | 'end'>): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}
