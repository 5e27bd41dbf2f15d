import { Disposable, type TextEditor, type Uri, window, workspace } from 'vscode';
import type { LineRange } from '../context/attachment.ts';
import { isSource } from './allowed-files.ts';

/** Files up to this size go along whole; of longer ones the lines on the screen. */
const smallFile = { lines: 200, characters: 16_000 } as const;

/** What of an editor goes along with a message. */
export interface Shown {
  readonly uri: Uri;
  /** Absent = the whole file. */
  readonly lines?: LineRange;
  readonly isSelection: boolean;
}

/** The selection; without one the whole file where it is small, else what is on the screen. */
export function shownOf({ document, selection, visibleRanges }: TextEditor): Shown {
  const { uri } = document;
  if (!selection.isEmpty) return { uri, lines: selectedLines(selection), isSelection: true };
  const isSmall = document.lineCount <= smallFile.lines && document.getText().length <= smallFile.characters;
  const [first] = visibleRanges;
  const last = visibleRanges.at(-1);
  if (isSmall || !first || !last) return { uri, isSelection: false };
  return { uri, lines: { first: first.start.line + 1, last: last.end.line + 1 }, isSelection: false };
}

/** A selection that ends before a line's first character does not hold that line. */
export function selectedLines({ start, end }: TextEditor['selection']): LineRange {
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return { first: start.line + 1, last };
}

/** The text editor in front, or the one that was before the focus went to a page of another kind. */
export class EditorInFront implements Disposable {
  #last: TextEditor | undefined = window.activeTextEditor;
  readonly #listeners: Disposable;

  /** `changed` is told of everything that could make another text go along. */
  constructor(changed: () => void) {
    this.#listeners = Disposable.from(
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor) this.#last = editor;
        changed();
      }),
      window.onDidChangeVisibleTextEditors(changed),
      window.onDidChangeTextEditorSelection(({ textEditor }) => textEditor === this.current() && changed()),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => textEditor === this.current() && changed()),
      workspace.onDidChangeTextDocument(({ document }) => document === this.current()?.document && changed()),
    );
  }

  /** Undefined: none is on the screen, or it shows no source code. */
  current(): TextEditor | undefined {
    const { activeTextEditor, visibleTextEditors } = window;
    const editor = activeTextEditor ?? (this.#last && visibleTextEditors.includes(this.#last) ? this.#last : undefined);
    return editor && isSource(editor.document.uri) ? editor : undefined;
  }

  dispose(): void {
    this.#listeners.dispose();
  }
}
