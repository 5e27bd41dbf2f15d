import * as l10n from '@vscode/l10n';
import {
  CodeLens,
  type CodeLensProvider,
  type DecorationOptions,
  DecorationRangeBehavior,
  Disposable,
  languages,
  MarkdownString,
  OverviewRulerLane,
  Range,
  type TextDocument,
  ThemeColor,
  window,
} from 'vscode';
import type { TrackedHunk } from '../../edits/tracked-hunks.ts';
import type { EditReview } from './edit-review.ts';

/** Shows what is under review in the editors: new lines coloured, a line where some went, and what can be done above each. */
export class ReviewDisplay implements Disposable, CodeLensProvider {
  readonly #review: EditReview;
  readonly #added = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('diffEditor.insertedLineBackground'),
    // In high contrast a line has no background of its own.
    borderWidth: '0 0 0 2px',
    borderStyle: 'solid',
    borderColor: new ThemeColor('editorGutter.addedBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.addedForeground'),
    overviewRulerLane: OverviewRulerLane.Left,
  });
  readonly #removed = window.createTextEditorDecorationType({
    isWholeLine: true,
    borderWidth: '2px 0 0 0',
    borderStyle: 'dashed',
    borderColor: new ThemeColor('editorGutter.deletedBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.deletedForeground'),
    overviewRulerLane: OverviewRulerLane.Left,
  });
  /** What a line was, struck out behind what it is now. */
  readonly #replaced = window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    after: {
      margin: '0 0 0 3em',
      color: new ThemeColor('editorCodeLens.foreground'),
      textDecoration: 'line-through',
      fontStyle: 'italic',
    },
  });
  readonly #subscriptions: Disposable;
  readonly onDidChangeCodeLenses: EditReview['onDidChange'] extends (...parameters: never) => unknown
    ? (listener: () => void) => Disposable
    : never;

  constructor(review: EditReview) {
    this.#review = review;
    this.onDidChangeCodeLenses = (listener) => review.onDidChange(() => listener());
    this.#subscriptions = Disposable.from(
      this.#added,
      this.#removed,
      this.#replaced,
      review.onDidChange(() => this.#draw()),
      window.onDidChangeVisibleTextEditors(() => this.#draw()),
      languages.registerCodeLensProvider([{ scheme: '*' }, { scheme: 'untitled' }], this),
    );
    this.#draw();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const { uri } = document;
    const hunks = this.#review.hunks(uri);
    return hunks.flatMap((hunk, index) => {
      const at = new Range(document.positionAt(hunk.start), document.positionAt(hunk.start));
      const lens = (title: string, command: string): CodeLens =>
        new CodeLens(at, { title, command, arguments: [{ uri: uri.toString(), hunk: hunk.id }] });
      const all =
        index === 0 && hunks.length > 1
          ? [
              lens(l10n.t('Keep all {0}', hunks.length), 'tutti.keepEdits'),
              lens(l10n.t('Undo all {0}', hunks.length), 'tutti.undoEdits'),
            ]
          : [];
      return [
        lens(`$(check) ${l10n.t('Keep')}`, 'tutti.keepHunk'),
        lens(`$(discard) ${l10n.t('Undo')}`, 'tutti.undoHunk'),
        lens(counted(document, hunk), 'tutti.showEdits'),
        ...(index === 0 ? [lens(l10n.t('Follow Up…'), 'tutti.followUpEdit')] : []),
        ...all,
      ];
    });
  }

  #draw(): void {
    for (const editor of window.visibleTextEditors) {
      const { document } = editor;
      const hunks = this.#review.hunks(document.uri);
      const added: DecorationOptions[] = [];
      const removed: DecorationOptions[] = [];
      const replaced: DecorationOptions[] = [];
      for (const hunk of hunks) {
        const isGone = hunk.end === hunk.start;
        const start = document.positionAt(hunk.start);
        // The end of a line stands at the beginning of the next one, which is no part of the change.
        const end = document.positionAt(isGone ? hunk.end : Math.max(hunk.start, hunk.end - 1));
        (isGone ? removed : added).push({ range: new Range(start, end), hoverMessage: hover(hunk, document) });
        replaced.push(...linesBefore(hunk, document, start.line, end.line));
      }
      editor.setDecorations(this.#added, added);
      editor.setDecorations(this.#removed, removed);
      editor.setDecorations(this.#replaced, replaced);
    }
  }
}

const longestShown = 100;

/** Each line that went, behind the one that came for it; of more than came, the last one says how many. */
function linesBefore(
  { before }: TrackedHunk,
  document: TextDocument,
  first: number,
  last: number,
): readonly DecorationOptions[] {
  const gone = before.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  return gone.slice(0, last - first + 1).map((line, index) => {
    const end = document.lineAt(first + index).range.end;
    const more = first + index === last ? gone.length - index - 1 : 0;
    const text = line.trim();
    const shown = text.length > longestShown ? `${text.slice(0, longestShown).toWellFormed()}…` : text;
    return {
      range: new Range(end, end),
      renderOptions: { after: { contentText: more > 0 ? `${shown} … (+${more})` : shown } },
    };
  });
}

function counted(document: TextDocument, { start, end, before }: TrackedHunk): string {
  const added = lineCount(document.getText(new Range(document.positionAt(start), document.positionAt(end))));
  return `+${added} −${lineCount(before)}`;
}

function hover({ before }: TrackedHunk, document: TextDocument): MarkdownString {
  if (before.trim() === '') return new MarkdownString(l10n.t('New lines'));
  const text = new MarkdownString(`${l10n.t('Before:')}\n`);
  text.appendCodeblock(before, document.languageId);
  return text;
}

function lineCount(text: string): number {
  if (text === '') return 0;
  const ends = text.match(/\r\n|\n|\r/g)?.length ?? 0;
  return /[\r\n]$/.test(text) ? ends : ends + 1;
}
