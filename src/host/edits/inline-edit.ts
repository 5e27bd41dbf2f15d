import * as l10n from '@vscode/l10n';
import {
  commands,
  Disposable,
  languages,
  type Range,
  StatusBarAlignment,
  type TextEditor,
  type Uri,
  window,
} from 'vscode';
import type { EditTask } from '../../chat/edit-request.ts';
import type { Hunk } from '../../edits/edit.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { isObject, numberAt, stringAt } from '../../util/json.ts';
import { lineFeeds } from '../../util/line-feeds.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import { wordProblem } from '../attach-problems.ts';
import type { Command } from '../command.ts';
import { pathOf } from '../document-path.ts';
import { askForEdits } from './ask-for-edits.ts';
import type { EditReview } from './edit-review.ts';
import { openTarget } from './edit-target.ts';
import type { WorkspaceEdits } from './workspace-edits.ts';

interface InlineEditPorts {
  readonly gateway: Gateway;
  readonly edits: WorkspaceEdits;
  readonly review: EditReview;
  readonly hiddenBecause: HiddenBecause;
}

type Earlier = NonNullable<EditTask['before']>;
type Selected = NonNullable<EditTask['selection']>;

interface Wish {
  readonly editor: TextEditor;
  readonly instruction: string;
  readonly selection: Selected;
  readonly before: Earlier;
}

/** `Edit Here…`: asks what to do with the selection, and makes each change as it comes, up for review. */
export class InlineEdits {
  readonly #ports: InlineEditPorts;
  readonly #status = window.createStatusBarItem('tutti.editing', StatusBarAlignment.Left, -1);
  readonly #earlier = new Map<string, Earlier>();
  readonly #subscriptions: Disposable;
  #running: AbortController | undefined;

  constructor(ports: InlineEditPorts) {
    this.#ports = ports;
    this.#status.name = l10n.t('Tutti edit');
    this.#status.command = 'tutti.cancelEdit';
    // What was settled is no longer what one follows up on.
    this.#subscriptions = Disposable.from(
      this.#status,
      ports.review.onDidChange((uri) => {
        if (!this.#running && ports.review.hunks(uri).length === 0) this.#earlier.delete(uri.toString());
      }),
    );
  }

  dispose(): void {
    this.#running?.abort();
    this.#subscriptions.dispose();
  }

  get commands(): readonly Command[] {
    return [
      { id: 'tutti.inlineEdit', run: (argument) => this.#begin(argument, []) },
      {
        id: 'tutti.followUpEdit',
        run: (argument) =>
          this.#begin(argument, this.#earlier.get(window.activeTextEditor?.document.uri.toString() ?? '') ?? []),
      },
      { id: 'tutti.cancelEdit', run: () => this.#running?.abort() },
    ];
  }

  /** `{prompt?, task?: 'fix' | 'document', lines?: {first, last}}`; without words for it, the user is asked. */
  async #begin(argument: unknown, before: Earlier): Promise<unknown> {
    const editor = window.activeTextEditor;
    if (!editor) throw new Error(l10n.t('Open a file and put the cursor where something is to be changed.'));
    const target = await openTarget(editor.document.uri, this.#ports.hiddenBecause);
    if ('refused' in target) throw new Error(target.refused);
    const selection = linesAt(argument) ?? selectionOf(editor);
    const instruction = instructionOf(argument, editor.document.uri, selection) ?? (await askWhat(selection, before));
    if (instruction === undefined || instruction.trim() === '') return undefined;
    this.#running?.abort();
    const abort = new AbortController();
    this.#running = abort;
    this.#show(instruction);
    try {
      return await this.#edit({ editor, instruction, selection, before }, abort.signal);
    } finally {
      if (this.#running === abort) {
        this.#running = undefined;
        this.#hide();
      }
    }
  }

  async #edit(wish: Wish, signal: AbortSignal, problem?: string): Promise<unknown> {
    const { edits, review, gateway } = this.#ports;
    const { editor, instruction, selection, before } = wish;
    const { document } = editor;
    const { uri } = document;
    const turn = `edit-${crypto.randomUUID()}`;
    const task: EditTask = {
      path: pathOf(uri),
      languageId: document.languageId,
      text: lineFeeds(document.getText()),
      selection,
      instruction,
      before,
      ...(problem !== undefined && { problem }),
    };
    const own = review.follow(document);
    let made = 0;
    let failed: string | undefined;
    const make = async (hunk: Hunk): Promise<void> => {
      if (failed !== undefined || signal.aborted) return;
      const through = { editor, own, isFirst: made === 0 };
      const outcome = await edits.apply(turn, [{ kind: 'change', hunks: [hunk] }], uri, through);
      if ('told' in outcome) failed = outcome.told;
      else made++;
    };
    try {
      const answered = await askForEdits(gateway, { task, file: uri.toString() }, signal, make);
      if ('problem' in answered) failed ??= answered.problem;
      else if (failed === undefined && !signal.aborted) {
        this.#earlier.set(uri.toString(), [...before, { instruction, reply: answered.reply }].slice(-4));
        return { turn, hunks: made };
      }
      // All of it or nothing: what was made of this reply is taken back, what was there before stays.
      await review.takeBack(own);
      await edits.forget(turn);
    } finally {
      own.dispose();
    }
    if (signal.aborted) return undefined;
    if (problem !== undefined) throw new Error(failed ?? '');
    // A model that is told what was wrong often gets it right; one that fails twice is told to the user.
    return this.#edit(wish, signal, failed ?? '');
  }

  #show(instruction: string): void {
    void commands.executeCommand('setContext', 'tutti.editing', true);
    this.#status.text = `$(loading~spin) ${l10n.t('Editing…')}`;
    this.#status.tooltip = l10n.t('{0} (click or Escape to cancel)', instruction);
    this.#status.show();
  }

  #hide(): void {
    void commands.executeCommand('setContext', 'tutti.editing', false);
    this.#status.hide();
  }
}

function askWhat({ start, end }: Selected, before: Earlier): Thenable<string | undefined> {
  return window.showInputBox({
    title: before.length > 0 ? l10n.t('Tutti: Follow Up') : l10n.t('Tutti: Edit Here'),
    prompt: end - start > 1 ? l10n.t('Lines {0}–{1} are selected.', start + 1, end) : l10n.t('At line {0}.', start + 1),
    placeHolder: l10n.t('What is to be changed?'),
    ignoreFocusOut: true,
  });
}

/** For the model; undefined = the user has to say. */
function instructionOf(argument: unknown, uri: Uri, { start, end }: Selected): string | undefined {
  switch (stringAt(argument, 'task')) {
    case 'fix': {
      const there = languages
        .getDiagnostics(uri)
        .filter(({ range }) => range.end.line >= start && range.start.line < end);
      return ['Fix what the editor has against these lines:', ...there.map((each) => wordProblem(uri, each))].join(
        '\n',
      );
    }
    case 'document':
      return 'Write documentation comments for the selected code, as is usual in its language. Change no code.';
    default:
      return stringAt(argument, 'prompt');
  }
}

function linesAt(argument: unknown): Selected | undefined {
  const lines = isObject(argument) ? argument['lines'] : undefined;
  const [first, last] = [numberAt(lines, 'first'), numberAt(lines, 'last')];
  return first === undefined || last === undefined ? undefined : { start: first - 1, end: last };
}

const selectionOf = ({ selection }: TextEditor): Selected => ({ ...linesOf(selection), isCursor: selection.isEmpty });

/** Whole lines; a selection that ends at the beginning of a line does not mean that line. */
function linesOf({ start, end }: Range): { readonly start: number; readonly end: number } {
  const isBefore = end.character === 0 && end.line > start.line;
  return { start: start.line, end: isBefore ? end.line : end.line + 1 };
}
