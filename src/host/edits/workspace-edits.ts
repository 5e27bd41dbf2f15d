import * as l10n from '@vscode/l10n';
import {
  Range,
  type TextDocument,
  type TextEditor,
  type TextEditorEdit,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { applyEdits, type FileResult } from '../../edits/apply-edits.ts';
import { smallestChange } from '../../edits/apply-hunks.ts';
import type { EditError, FileEdit } from '../../edits/edit.ts';
import { unencodable } from '../../edits/edit-words.ts';
import { lostLetters } from '../../edits/file-bytes.ts';
import type { BeforeImage, BeforeImages } from '../../store/before-images.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import type { EditReview, ExpectedEdit, FollowedEdit } from './edit-review.ts';
import { deleted } from './edit-target.ts';
import { type EditedTarget, type EditTargets, editTargets } from './edit-targets.ts';
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
  readonly own: FollowedEdit;
}

/** A file as an edit will have it, all that is needed for it read and encoded. */
interface Planned extends FileResult {
  readonly target: EditedTarget;
  /** Exact bytes of the file with what was typed and not saved, which is not the edit's to undo. */
  readonly bytes?: Uint8Array;
  /** What a new file is made of. */
  readonly contents?: Uint8Array;
}

/** So often is a file that is typed into meanwhile looked through again. */
const mostTries = 20;

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
    const targets = await editTargets(edits, atHand, this.#hiddenBecause);
    if ('refused' in targets) return { told: targets.refused };
    for (let left = mostTries; left > 0; left--) {
      const outcome = await this.#try(turn, targets, through);
      if (outcome !== 'typed') return outcome;
    }
    return { told: refusal() };
  }

  /** Nothing is left of a turn that was taken back as a whole. */
  forget(turn: string): Promise<void> {
    return this.#images.forget(turn);
  }

  /** `typed`: a document became another while this went on, and nothing was done: the passages are to be looked for again. */
  async #try(
    turn: string,
    { edits, byAddress }: EditTargets,
    through: Through | undefined,
  ): Promise<EditOutcome | 'typed'> {
    const documents = [...byAddress.values()].flatMap(({ document }) => document ?? []);
    const versions = documents.map(({ version }) => version);
    const isTyped = (): boolean => documents.some(({ version }, index) => version !== versions[index]);
    const applied = applyEdits(edits, (address) => byAddress.get(address)?.document?.getText());
    if ('error' in applied) {
      const error = { ...applied.error, path: byAddress.get(applied.error.path ?? '')?.name ?? '' };
      return { told: told(error), error };
    }
    const planned: Planned[] = [];
    for (const file of applied.files) {
      const target = byAddress.get(file.path);
      const plan = target && (await planOf(file, target, byAddress));
      if (typeof plan === 'string') return { told: plan };
      if (plan) planned.push(plan);
    }
    if (isTyped()) return 'typed';
    const unkeep = await this.#images.keep(turn, planned.flatMap(imageOf), Date.now());
    if (isTyped()) {
      unkeep();
      return 'typed';
    }
    if (await this.#make(planned, through)) return { files: planned.flatMap(editedFile) };
    unkeep();
    const wasMade = await unmake(planned);
    return isTyped() && !wasMade ? 'typed' : { told: refusal() };
  }

  /** From here on VS Code itself refuses what does not fit the text any more. */
  async #make(planned: readonly Planned[], through: Through | undefined): Promise<boolean> {
    const edit = new WorkspaceEdit();
    const expected: ExpectedEdit[] = [];
    // What can be refused for its text comes first, before there are files to take away again.
    for (const { target, before, after, changes, bytes } of planned) {
      const { uri, document } = target;
      if (!document || after === undefined || before === after) continue;
      for (const { start, end, text } of changes) {
        edit.replace(uri, new Range(document.positionAt(start), document.positionAt(end)), text);
      }
      expected.push({ document, before: document.getText(), after, ...(through && { own: through.own }) });
      if (bytes) this.#exactSave.edited(document, bytes);
    }
    for (const { target, contents } of planned) if (contents) edit.createFile(target.uri, { contents });
    for (const { target, before, after } of planned) {
      if (after === undefined && before !== undefined) edit.deleteFile(target.uri, { ignoreIfNotExists: true });
    }
    const done = this.#review.expect(expected);
    let isApplied = false;
    try {
      isApplied = through ? await editThrough(through, edit) : await workspace.applyEdit(edit);
    } finally {
      done(isApplied);
    }
    return isApplied;
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

/** A string says why it cannot be done. */
async function planOf(
  file: FileResult,
  target: EditedTarget,
  byAddress: EditTargets['byAddress'],
): Promise<Planned | string> {
  const { uri, document, name } = target;
  const onDisk = await bytesOf(uri);
  if (!document) {
    if (file.after === undefined) return { ...file, target };
    const source = file.movedFrom === undefined ? undefined : byAddress.get(file.movedFrom);
    const contents = await contentsOf(file.after, uri, source);
    return contents
      ? { ...file, target, contents }
      : `${name}: ${unencodable(source?.document?.encoding ?? '', '').message}`;
  }
  if (uri.scheme === 'file' && !onDisk) return deleted(name || document.fileName);
  const lost = await lostIn(file, document);
  if (lost !== '') return `${name}: ${unencodable(document.encoding, lost).message}`;
  const bytes = onDisk && document.isDirty ? await exactBytes(onDisk, document.encoding, document.getText()) : onDisk;
  return { ...file, target, ...(bytes && { bytes }) };
}

/** A letter that the file's encoding does not have would be saved as a question mark. */
async function lostIn({ changes }: FileResult, { encoding }: TextDocument): Promise<string> {
  if (/^utf/.test(encoding)) return '';
  return lostLetters(changes.map(({ text }) => text).join(''), encoding, editorCodec);
}

/** A file that goes by another name keeps its bytes; a new one is written as the editor writes new files there. */
async function contentsOf(text: string, uri: Uri, source: EditedTarget | undefined): Promise<Uint8Array | undefined> {
  const bytes = source && (await bytesOf(source.uri));
  if (bytes && source.document) return exactBytes(bytes, source.document.encoding, text);
  const encoded = await workspace.encode(text, { uri });
  return (await workspace.decode(encoded, { uri })) === text ? encoded : Buffer.from(text);
}

/** Takes back what was done of an edit that VS Code then refused; false = nothing had been. */
async function unmake(planned: readonly Planned[]): Promise<boolean> {
  let wasMade = false;
  for (const { target, before = '', after, bytes, contents } of planned) {
    const { uri, document } = target;
    const now = await bytesOf(uri);
    if (contents && now && Buffer.from(now).equals(contents)) {
      await workspace.fs.delete(uri);
      wasMade = true;
    } else if (after === undefined && bytes && !now) {
      await workspace.fs.writeFile(uri, bytes);
      wasMade = true;
    } else if (document && after !== undefined && after !== before && document.getText() === after) {
      const back = new WorkspaceEdit();
      for (const { start, end, text } of smallestChange(after, before)) {
        back.replace(uri, new Range(document.positionAt(start), document.positionAt(end)), text);
      }
      await workspace.applyEdit(back);
      wasMade = true;
    }
  }
  return wasMade;
}

function imageOf({ target, bytes, after, contents }: Planned): readonly BeforeImage[] {
  // A notebook's cell, or a document that nobody has saved: it is undone where it is.
  if (!bytes && !contents) return [];
  return [{ uri: target.uri.toString(), ...(bytes && { before: bytes }), ...(after !== undefined && { after }) }];
}

function editedFile({ target, before, after, changes, contents }: Planned): readonly EditedFile[] {
  const { uri } = target;
  if (before === after) return [];
  if (after === undefined) return [{ uri, kind: 'deleted', hunks: 1 }];
  return contents ? [{ uri, kind: 'created', hunks: 1 }] : [{ uri, kind: 'changed', hunks: changes.length }];
}

async function bytesOf(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

const refusal = (): string => l10n.t('VS Code refused the edit; nothing was changed.');

function told({ path, hunk, message }: EditError): string {
  if (path && hunk !== undefined) return l10n.t('{0}, change {1}: {2}', path, hunk, message);
  return path ? `${path}: ${message}` : message;
}
