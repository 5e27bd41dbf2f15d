import * as l10n from '@vscode/l10n';
import { EndOfLine, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { smallestChange } from '../../edits/apply-hunks.ts';
import { readFileBytes } from '../../edits/file-bytes.ts';
import { takeBack } from '../../edits/take-back.ts';
import type { BeforeImage, BeforeImages } from '../../store/before-images.ts';
import { isObject, stringAt } from '../../util/json.ts';
import { lineFeeds } from '../../util/line-feeds.ts';
import type { Command } from '../command.ts';
import { type EditReview, rangeOf } from './edit-review.ts';
import { editorCodec } from './editor-codec.ts';
import { saveOver } from './stale-backup.ts';

/** Takes back everything one turn edited: to the byte where a file is as the turn left it, else only its passages. */
export function undoTurnCommand(images: BeforeImages, review: EditReview): Command {
  return {
    id: 'tutti.undoTurn',
    run: async (argument) => {
      const turn = (isObject(argument) ? stringAt(argument, 'turn') : undefined) ?? (await images.latest());
      const kept = turn === undefined ? [] : await images.of(turn);
      if (turn === undefined || kept.length === 0) {
        throw new Error(l10n.t('There is no edit that could be undone: none was made, or it is too long ago.'));
      }
      const refused: string[] = [];
      for (const image of kept) {
        const why = await undoFile(image, review).catch((error: unknown) => wordsOf(error));
        if (why !== undefined) refused.push(`${workspace.asRelativePath(Uri.parse(image.uri, true))}: ${why}`);
      }
      if (refused.length === 0) await images.forget(turn);
      const undone = kept.length - refused.length;
      if (refused.length > 0)
        throw new Error(l10n.t('Undone in {0} files. Not undone: {1}', undone, refused.join(' ')));
      void window.setStatusBarMessage(l10n.t('Undone in {0} files', undone), 5000);
      return { files: undone };
    },
  };
}

/** Why it could not be undone; undefined = it was. */
async function undoFile(image: BeforeImage, review: EditReview): Promise<string | undefined> {
  const uri = Uri.parse(image.uri, true);
  const bytes = await readFile(uri);
  if (image.after === undefined) {
    if (bytes !== undefined) return l10n.t('there is a file of that name again.');
    await workspace.fs.writeFile(uri, image.before ?? new Uint8Array());
    return undefined;
  }
  if (bytes === undefined) return l10n.t('the file is gone.');
  const document = await workspace.openTextDocument(uri);
  if (image.before === undefined) {
    if (lineFeeds(document.getText()) !== lineFeeds(image.after))
      return l10n.t('the new file was changed since and is kept.');
    await workspace.fs.delete(uri, { useTrash: false });
    return undefined;
  }
  const before = inDocument((await readFileBytes(image.before, document.encoding, editorCodec)).text, document);
  const taken = takeBack(before, image.after, document.getText());
  if ('error' in taken) return taken.error.message;
  if (taken.text !== before)
    return (await replaceText(document, taken.text, review)) ? undefined : l10n.t('VS Code refused the edit.');
  let isReplaced = false;
  const isSaved = await saveOver(bytes, document, async () => {
    isReplaced = await replaceText(document, taken.text, review);
    return isReplaced && document.save();
  });
  if (!isReplaced) return l10n.t('VS Code refused the edit.');
  if (!isSaved) return l10n.t('the file could not be saved.');
  // VS Code writes one kind of line end and its own idea of the encoding; the bytes of before are put back as they were.
  const saved = await readFile(uri);
  if (saved && !Buffer.from(saved).equals(image.before)) await workspace.fs.writeFile(uri, image.before);
  return undefined;
}

/** One file that cannot be read or written does not keep the others from being undone. */
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Changes of other edits in the file stay up for review. */
async function replaceText(document: TextDocument, text: string, review: EditReview): Promise<boolean> {
  const before = document.getText();
  if (before === text) return true;
  const edit = new WorkspaceEdit();
  for (const change of smallestChange(before, text)) edit.replace(document.uri, rangeOf(document, change), change.text);
  const done = review.expect([{ document, before, after: text }]);
  const isApplied = await workspace.applyEdit(edit);
  done(isApplied);
  return isApplied;
}

function inDocument(text: string, document: TextDocument): string {
  const plain = lineFeeds(text);
  return document.eol === EndOfLine.CRLF ? plain.replaceAll('\n', '\r\n') : plain;
}

async function readFile(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}
