import * as l10n from '@vscode/l10n';
import { commands, ProgressLocation, type Uri, window, workspace } from 'vscode';
import type { FileEdit } from '../../edits/edit.ts';
import { placeBlock } from '../../edits/place-block.ts';
import { readEdits } from '../../edits/read/edit-reader.ts';
import { isBareHunk, readBareHunk } from '../../edits/read/unified-diff.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { isObject, stringAt } from '../../util/json.ts';
import { lineFeeds } from '../../util/line-feeds.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import type { Command } from '../command.ts';
import { pathOf } from '../document-path.ts';
import { signalOf } from '../signal-of.ts';
import { askForEdits } from './ask-for-edits.ts';
import { editTarget, openTarget } from './edit-target.ts';
import type { EditedFile, EditOutcome, WorkspaceEdits } from './workspace-edits.ts';

interface ApplyPorts {
  readonly gateway: Gateway;
  readonly edits: WorkspaceEdits;
  readonly hiddenBecause: HiddenBecause;
}

/**
 * `{text, path?, turn?}`: a chat's code block into the file it is meant for: the one it names, else the one in front.
 * Edits in it are made as they are; code finds its place by its own lines, and where it does not, the model of the role
 * `edit` says what is to be replaced.
 */
export function applyCodeCommand(ports: ApplyPorts): Command {
  return {
    id: 'tutti.applyCode',
    run: async (argument) => {
      const text = isObject(argument) ? stringAt(argument, 'text') : undefined;
      if (text === undefined) throw new Error(l10n.t('There is no code to apply.'));
      const turn = stringAt(argument, 'turn') ?? `apply-${crypto.randomUUID()}`;
      const outcome = await applyCode(ports, lineFeeds(text), stringAt(argument, 'path'), turn);
      if ('told' in outcome) throw new Error(outcome.told);
      void tellDone(outcome.files, turn);
      return { files: outcome.files.map(({ uri, kind, hunks }) => ({ uri: uri.toString(), kind, hunks })) };
    },
  };
}

async function applyCode(
  ports: ApplyPorts,
  text: string,
  path: string | undefined,
  turn: string,
): Promise<EditOutcome> {
  const { edits, hiddenBecause } = ports;
  const inFront = window.activeTextEditor?.document.uri;
  const lines = text.split('\n');
  const read = isBareHunk(lines) ? readBareHunk(lines) : readEdits(text);
  // Code without markers is no edit and no block with a fence of its own.
  const isEdit = !('error' in read) && read.edits.some(({ kind }) => kind !== 'write');
  if (isEdit) {
    const named = path === undefined ? read.edits : read.edits.map((edit) => ({ ...edit, path: edit.path ?? path }));
    return edits.apply(turn, named, inFront);
  }
  if (path === undefined && !inFront)
    return { told: l10n.t('Open the file that the code is for, and apply it again.') };
  const target =
    path === undefined && inFront
      ? await openTarget(inFront, hiddenBecause)
      : await editTarget(path ?? '', hiddenBecause);
  if ('refused' in target) return { told: target.refused };
  const whole = (): FileEdit => ({
    kind: 'write',
    ...(path !== undefined && { path }),
    text: text.endsWith('\n') ? text : `${text}\n`,
    onlyNew: true,
  });
  if (!target.exists) return edits.apply(turn, [whole()], inFront);
  const document = await workspace.openTextDocument(target.uri);
  const current = lineFeeds(document.getText());
  if (current.trim() === '') return edits.apply(turn, [whole()], target.uri);
  const placed = placeBlock(current, text);
  if (placed) return edits.apply(turn, [{ kind: 'change', hunks: placed }], target.uri);
  return askWhere(ports, target.uri, current, text, turn);
}

/** In a file that is in front, the changes show themselves. */
async function tellDone(files: readonly EditedFile[], turn: string): Promise<void> {
  const [first] = files;
  const isShown = window.visibleTextEditors.some(({ document }) => document.uri.toString() === first?.uri.toString());
  if (!first || (files.length === 1 && isShown)) return;
  const [show, undo] = [l10n.t('Show'), l10n.t('Undo')];
  const words =
    files.length === 1 ? l10n.t('Applied to {0}.', pathOf(first.uri)) : l10n.t('Applied to {0} files.', files.length);
  const chosen = await window.showInformationMessage(words, show, undo);
  if (chosen === undo) await commands.executeCommand('tutti.undoTurn', { turn });
  if (chosen !== show) return;
  if (files.length > 1) await commands.executeCommand('tutti.showEdits');
  else await window.showTextDocument(first.uri);
}

/** Two tries: the second one knows what was wrong with the first. */
const tries = 2;

function askWhere(
  { gateway, edits }: ApplyPorts,
  uri: Uri,
  current: string,
  code: string,
  turn: string,
): Thenable<EditOutcome> {
  const title = l10n.t('Finding the place in {0}…', pathOf(uri));
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const signal = signalOf(token);
      let problem: string | undefined;
      for (let left = tries; left > 0; left--) {
        const document = await workspace.openTextDocument(uri);
        const task = {
          path: pathOf(uri),
          languageId: document.languageId,
          text: current,
          instruction: `Put this code into the file, where it belongs; leave everything else as it is:\n\n${code}`,
          ...(problem !== undefined && { problem }),
        };
        const answered = await askForEdits(gateway, { task, file: uri.toString() }, signal, async () => undefined);
        if (signal.aborted) return { told: l10n.t('Cancelled; nothing was changed.') };
        if ('problem' in answered) {
          problem = answered.problem;
          continue;
        }
        const outcome = await edits.apply(turn, answered.edits, uri);
        if (!('told' in outcome)) return outcome;
        problem = outcome.told;
      }
      return { told: l10n.t('The code was not applied: {0}', problem ?? '') };
    },
  );
}
