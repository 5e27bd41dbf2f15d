import * as l10n from '@vscode/l10n';
import {
  commands,
  EventEmitter,
  Selection,
  type TextDocumentContentProvider,
  TextEditorRevealType,
  Uri,
  window,
} from 'vscode';
import type { TrackedHunk } from '../../edits/tracked-hunks.ts';
import { isObject, numberAt, stringAt } from '../../util/json.ts';
import type { Command } from '../command.ts';
import type { EditReview } from './edit-review.ts';

export const beforeScheme = 'tutti-before';

/** What stood in the files before the changes under review, for the left side of a comparison. */
export class BeforeDocuments implements TextDocumentContentProvider {
  readonly #review: EditReview;
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(review: EditReview) {
    this.#review = review;
    review.onDidChange((uri) => this.#changed.fire(beforeUri(uri)));
  }

  provideTextDocumentContent(uri: Uri): string {
    const original = Uri.parse(uri.query, true);
    return this.#review.baseline(original) ?? '';
  }
}

function beforeUri(uri: Uri): Uri {
  return Uri.from({ scheme: beforeScheme, path: uri.path, query: uri.toString() });
}

/** Keep and undo, by hunk, by file or all, and the ways to look at them. Without an argument: the change at the cursor. */
export function reviewCommands(review: EditReview): readonly Command[] {
  return [
    {
      id: 'tutti.keepHunk',
      run: (argument) => onHunk(review, argument, async (uri, hunk) => review.keep(uri, hunk.id)),
    },
    { id: 'tutti.undoHunk', run: (argument) => onHunk(review, argument, (uri, hunk) => review.undo(uri, hunk.id)) },
    { id: 'tutti.keepEdits', run: (argument) => onFiles(review, argument, async (uri) => review.keep(uri)) },
    { id: 'tutti.undoEdits', run: (argument) => onFiles(review, argument, (uri) => review.undo(uri)) },
    { id: 'tutti.nextHunk', run: () => go(review, 1) },
    { id: 'tutti.previousHunk', run: () => go(review, -1) },
    { id: 'tutti.showEdits', run: () => show(review) },
  ];
}

async function onHunk(
  review: EditReview,
  argument: unknown,
  act: (uri: Uri, hunk: TrackedHunk) => Promise<void>,
): Promise<void> {
  const uri = uriOf(argument) ?? window.activeTextEditor?.document.uri;
  if (!uri) return;
  const id = numberAt(argument, 'hunk');
  const hunk = id === undefined ? atCursor(review) : review.hunks(uri).find((candidate) => candidate.id === id);
  if (!hunk) {
    void window.showInformationMessage(l10n.t('There is no change to review here.'));
    return;
  }
  await act(uri, hunk);
}

async function onFiles(review: EditReview, argument: unknown, act: (uri: Uri) => Promise<void>): Promise<void> {
  const uri = uriOf(argument);
  for (const file of uri ? [uri] : review.uris) await act(file);
}

function uriOf(argument: unknown): Uri | undefined {
  // A menu of the editor gives the file's address itself.
  if (argument instanceof Uri) return argument;
  const text = isObject(argument) ? stringAt(argument, 'uri') : undefined;
  return text === undefined ? undefined : Uri.parse(text, true);
}

function atCursor(review: EditReview): TrackedHunk | undefined {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const line = selection.active.line;
  return review
    .hunks(document.uri)
    .find(({ start, end }) => document.positionAt(start).line <= line && line <= document.positionAt(end).line);
}

function go(review: EditReview, direction: 1 | -1): void {
  const editor = window.activeTextEditor;
  if (!editor) return;
  const { document, selection } = editor;
  const starts = review.hunks(document.uri).map(({ start }) => document.positionAt(start));
  const line = selection.active.line;
  const next =
    direction === 1
      ? (starts.find((start) => start.line > line) ?? starts[0])
      : (starts.findLast((start) => start.line < line) ?? starts.at(-1));
  if (!next) return;
  editor.selection = new Selection(next, next);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

async function show(review: EditReview): Promise<void> {
  const { uris } = review;
  if (uris.length === 0) {
    void window.showInformationMessage(l10n.t('There is no change to review here.'));
    return;
  }
  await commands.executeCommand(
    'vscode.changes',
    l10n.t('Edits to review'),
    uris.map((uri) => [uri, beforeUri(uri), uri]),
  );
}
