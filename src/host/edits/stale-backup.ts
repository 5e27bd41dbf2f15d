import { stat, utimes } from 'node:fs/promises';
import type { TextDocument } from 'vscode';
import { readFileBytes } from '../../edits/file-bytes.ts';
import { lineFeeds } from '../../util/line-feeds.ts';
import { editorCodec } from './editor-codec.ts';

/**
 * A window that goes right after a save is given back the text as unsaved, and VS Code then refuses to save it: the file
 * is newer than the copy it kept. Where both say the same there is nothing to lose, so that `save` may write: the file is
 * made to look old for as long.
 */
export async function saveOver(
  bytes: Uint8Array,
  document: TextDocument,
  save: () => Promise<boolean>,
): Promise<boolean> {
  const { uri, encoding, isDirty } = document;
  const isStale =
    uri.scheme === 'file' &&
    isDirty &&
    lineFeeds((await readFileBytes(bytes, encoding, editorCodec)).text) === lineFeeds(document.getText());
  if (!isStale) return save();
  const { atime, mtime } = await stat(uri.fsPath);
  await utimes(uri.fsPath, atime, new Date(0));
  let isSaved = false;
  try {
    isSaved = await save();
  } finally {
    if (!isSaved) await utimes(uri.fsPath, atime, mtime);
  }
  return isSaved;
}
