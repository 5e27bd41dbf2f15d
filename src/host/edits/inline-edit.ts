import * as l10n from '@vscode/l10n';
import { commands, type Disposable, type Range, StatusBarAlignment, type TextEditor, window } from 'vscode';
import type { EditTask } from '../../chat/edit-request.ts';
import type { Hunk } from '../../edits/edit.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { stringAt } from '../../util/json.ts';
import { lineFeeds } from '../../util/line-feeds.ts';
import type { HiddenBecause } from '../allowed-files.ts';
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

/** `Edit Here…`: asks what to do with the selection, and makes each change as it comes, up for review. */
export class InlineEdits implements Disposable {
  readonly #ports: InlineEditPorts;
  readonly #status = window.createStatusBarItem('tutti.editing', StatusBarAlignment.Left, -1);
  readonly #earlier = new Map<string, Earlier>();
  #running: AbortController | undefined;

  constructor(ports: InlineEditPorts) {
    this.#ports = ports;
    this.#status.name = l10n.t('Tutti edit');
    this.#status.command = 'tutti.cancelEdit';
  }

  dispose(): void {
    this.#running?.abort();
    this.#status.dispose();
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

  async #begin(argument: unknown, before: Earlier): Promise<unknown> {
    const editor = window.activeTextEditor;
    if (!editor) throw new Error(l10n.t('Open a file and put the cursor where something is to be changed.'));
    const target = await openTarget(editor.document.uri, this.#ports.hiddenBecause);
    if ('refused' in target) throw new Error(target.refused);
    const instruction = stringAt(argument, 'prompt') ?? (await askWhat(editor, before.length > 0));
    if (instruction === undefined || instruction.trim() === '') return undefined;
    this.#running?.abort();
    const abort = new AbortController();
    this.#running = abort;
    this.#show(instruction);
    try {
      return await this.#edit(editor, instruction, before, abort.signal);
    } finally {
      if (this.#running === abort) {
        this.#running = undefined;
        this.#hide();
      }
    }
  }

  async #edit(
    editor: TextEditor,
    instruction: string,
    before: Earlier,
    signal: AbortSignal,
    problem?: string,
  ): Promise<unknown> {
    const { edits, review, gateway } = this.#ports;
    const { document } = editor;
    const { uri } = document;
    const turn = `edit-${crypto.randomUUID()}`;
    const known = new Set(review.hunks(uri).map(({ id }) => id));
    const task: EditTask = {
      path: pathOf(uri),
      languageId: document.languageId,
      text: lineFeeds(document.getText()),
      selection: linesOf(editor.selection),
      instruction,
      before,
      ...(problem !== undefined && { problem }),
    };
    let made = 0;
    let failed: string | undefined;
    const make = async (hunk: Hunk): Promise<void> => {
      if (failed !== undefined || signal.aborted) return;
      const outcome = await edits.apply(turn, [{ kind: 'change', hunks: [hunk] }], uri, {
        editor,
        isFirst: made === 0,
      });
      if ('told' in outcome) failed = outcome.told;
      else made++;
    };
    const answered = await askForEdits(gateway, { task, file: uri.toString() }, signal, make);
    if ('problem' in answered) failed ??= answered.problem;
    else if (made === 0 && failed === undefined) {
      for (const edit of answered.edits) if (edit.kind === 'change') for (const hunk of edit.hunks) await make(hunk);
    }
    if (failed === undefined && !signal.aborted) {
      this.#earlier.set(uri.toString(), [...before, { instruction, reply: answered.reply }].slice(-4));
      return { turn, hunks: made };
    }
    // All of it or nothing: what was made of this reply is taken back, what was there before stays.
    for (const { id } of review.hunks(uri)) if (!known.has(id)) await review.undo(uri, id);
    if (signal.aborted || problem !== undefined) {
      if (!signal.aborted) throw new Error(failed ?? '');
      return undefined;
    }
    // A model that is told what was wrong often gets it right; one that fails twice is told to the user.
    return this.#edit(editor, instruction, before, signal, failed ?? '');
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

function askWhat(editor: TextEditor, isFollowUp: boolean): Thenable<string | undefined> {
  const { start, end } = linesOf(editor.selection);
  return window.showInputBox({
    title: isFollowUp ? l10n.t('Tutti: Follow Up') : l10n.t('Tutti: Edit Here'),
    prompt: end - start > 1 ? l10n.t('Lines {0}–{1} are selected.', start + 1, end) : l10n.t('At line {0}.', start + 1),
    placeHolder: l10n.t('What is to be changed?'),
    ignoreFocusOut: true,
  });
}

/** Whole lines; a selection that ends at the beginning of a line does not mean that line. */
function linesOf({ start, end }: Range): { readonly start: number; readonly end: number } {
  const isBefore = end.character === 0 && end.line > start.line;
  return { start: start.line, end: isBefore ? end.line : end.line + 1 };
}
