import * as l10n from '@vscode/l10n';
import {
  Range,
  type TextDocument,
  type TextEditor,
  type TextEditorEdit,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { applyEdits, type FileResult } from '../../edits/apply-edits.ts';
import type { EditError, FileEdit } from '../../edits/edit.ts';
import { unencodable } from '../../edits/edit-words.ts';
import { lostLetters } from '../../edits/file-bytes.ts';
import type { BeforeImage, BeforeImages } from '../../store/before-images.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import type { EditReview } from './edit-review.ts';
import { editTarget, openTarget } from './edit-target.ts';
import { editorCodec } from './editor-codec.ts';
import { exactBytes } from './exact-bytes.ts';
import type { ExactSave } from './exact-save.ts';

export interface EditedFile {
  readonly uri: Uri;
  readonly kind: 'changed' | 'created' | 'deleted';
  readonly hunks: number;
}

export type EditOutcome =
  | { readonly files: readonly EditedFile[] }
  /** `error` is the engine's, for the model; `told` is for the user. */
  | { readonly told: string; readonly error?: EditError };

/** Several edits of one reply as one step of undo: they go through the editor that shows the file. */
export interface Through {
  readonly editor: TextEditor;
  readonly isFirst: boolean;
}

interface Target {
  readonly uri: Uri;
  readonly document?: TextDocument;
}

/** Puts a reply's edits into the workspace: all of them or none, as one step of undo, each hunk up for review. */
export class WorkspaceEdits {
  readonly #images: BeforeImages;
  readonly #review: EditReview;
  readonly #exactSave: ExactSave;
  readonly #hiddenBecause: HiddenBecause;

  constructor(images: BeforeImages, review: EditReview, exactSave: ExactSave, hiddenBecause: HiddenBecause) {
    this.#images = images;
    this.#review = review;
    this.#exactSave = exactSave;
    this.#hiddenBecause = hiddenBecause;
  }

  /** `turn` is what is undone together; edits without a path are of `atHand`. Opens no editor and moves no focus. */
  async apply(turn: string, edits: readonly FileEdit[], atHand?: Uri, through?: Through): Promise<EditOutcome> {
    const targets = await this.#targets(edits, atHand);
    if (typeof targets === 'string') return { told: targets };
    // Read at the last moment and synchronously from here on: nothing can be typed in between.
    const versions = new Map([...targets].map(([path, { document }]) => [path, document?.version]));
    const applied = applyEdits(edits, (path) => targets.get(path)?.document?.getText(), { atHand: '' });
    if ('error' in applied) return { told: told(applied.error), error: applied.error };
    const lost = await this.#unencodable(applied.files, targets);
    if (lost) return { told: lost };
    const images = (await Promise.all(applied.files.map((file) => imageOf(file, targets)))).filter(
      (image) => image !== undefined,
    );
    const changed = [...targets].some(([path, { document }]) => document?.version !== versions.get(path));
    // Typed into while the bytes were read: the passages are looked for again.
    if (changed) return this.apply(turn, edits, atHand, through);
    await this.#images.keep(turn, images, Date.now());
    return this.#make(turn, applied.files, targets, images, through);
  }

  async #make(
    turn: string,
    files: readonly FileResult[],
    targets: ReadonlyMap<string, Target>,
    images: readonly BeforeImage[],
    through: Through | undefined,
  ): Promise<EditOutcome> {
    const edit = new WorkspaceEdit();
    const edited: EditedFile[] = [];
    const expected: { readonly document: TextDocument; readonly before: string; readonly after: string }[] = [];
    for (const { path, before, after, changes } of files) {
      const target = targets.get(path);
      if (!target || before === after) continue;
      const { uri, document } = target;
      if (after === undefined) {
        edit.deleteFile(uri, { ignoreIfNotExists: true });
        edited.push({ uri, kind: 'deleted', hunks: 1 });
      } else if (document) {
        for (const { start, end, text } of changes) {
          edit.replace(uri, new Range(document.positionAt(start), document.positionAt(end)), text);
        }
        expected.push({ document, before: document.getText(), after });
        edited.push({ uri, kind: 'changed', hunks: changes.length });
      } else {
        edit.createFile(uri, { contents: Buffer.from(after), overwrite: true });
        edited.push({ uri, kind: 'created', hunks: 1 });
      }
    }
    const done = this.#review.expect(turn, expected);
    for (const { uri, before } of images) if (before) this.#exactSave.edited(Uri.parse(uri, true), before);
    const isApplied = through ? await editThrough(through, edit) : await workspace.applyEdit(edit);
    done(isApplied);
    return isApplied ? { files: edited } : { told: l10n.t('VS Code refused the edit; nothing was changed.') };
  }

  async #targets(edits: readonly FileEdit[], atHand: Uri | undefined): Promise<Map<string, Target> | string> {
    const targets = new Map<string, Target>();
    const paths = edits.flatMap((edit) => [edit.path, ...(edit.kind === 'change' && edit.moveTo ? [edit.moveTo] : [])]);
    for (const path of new Set(paths)) {
      if (path === undefined && !atHand)
        return l10n.t('The reply does not say which file it means. Open the file and try again.');
      const target =
        path === undefined && atHand
          ? await openTarget(atHand, this.#hiddenBecause)
          : await editTarget(path ?? '', this.#hiddenBecause);
      if ('refused' in target) return target.refused;
      const { uri, exists } = target;
      try {
        targets.set(path ?? '', { uri, ...(exists && { document: await workspace.openTextDocument(uri) }) });
      } catch (error) {
        return l10n.t('{0} cannot be read as text: {1}', path ?? uri.path, error instanceof Error ? error.message : '');
      }
    }
    return targets;
  }

  /** A letter that the file's encoding does not have would be saved as a question mark. */
  async #unencodable(files: readonly FileResult[], targets: ReadonlyMap<string, Target>): Promise<string | undefined> {
    for (const { path, changes } of files) {
      const document = targets.get(path)?.document;
      if (!document || /^utf/.test(document.encoding)) continue;
      const text = changes.map((change) => change.text).join('');
      const lost = await lostLetters(text, document.encoding, editorCodec);
      if (lost !== '') return `${path}: ${unencodable(document.encoding, lost).message}`;
    }
    return undefined;
  }
}

async function editThrough({ editor, isFirst }: Through, edit: WorkspaceEdit): Promise<boolean> {
  const changes = edit.get(editor.document.uri);
  // An editor that shows another file by now cannot be written through.
  if (!window.visibleTextEditors.includes(editor)) return workspace.applyEdit(edit);
  const make = (builder: TextEditorEdit): void => {
    for (const { range, newText } of changes) builder.replace(range, newText);
  };
  return editor.edit(make, { undoStopBefore: isFirst, undoStopAfter: false });
}

async function imageOf(file: FileResult, targets: ReadonlyMap<string, Target>): Promise<BeforeImage | undefined> {
  const target = targets.get(file.path);
  if (!target) return undefined;
  const onDisk = await bytesOf(target.uri);
  // What was typed and not saved is not the edit's to undo.
  const before = onDisk && target.document?.isDirty ? await exactBytes(onDisk, target.document) : onDisk;
  // A notebook's cell, or a document that nobody has saved: it is undone where it is.
  if (target.document && !before) return undefined;
  return {
    uri: target.uri.toString(),
    ...(before && { before }),
    ...(file.after !== undefined && { after: file.after }),
  };
}

async function bytesOf(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

function told({ path, hunk, message }: EditError): string {
  if (path && hunk !== undefined) return l10n.t('{0}, change {1}: {2}', path, hunk, message);
  return path ? `${path}: ${message}` : message;
}
