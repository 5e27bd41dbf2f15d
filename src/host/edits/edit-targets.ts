import * as l10n from '@vscode/l10n';
import { type TextDocument, type Uri, workspace } from 'vscode';
import type { FileEdit } from '../../edits/edit.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import { editTarget, openTarget } from './edit-target.ts';

export interface EditedTarget {
  readonly uri: Uri;
  /** As the reply calls it; empty where it did not. */
  readonly name: string;
  /** Absent = there is no such file yet. */
  readonly document?: TextDocument;
}

/** A reply's edits with addresses for paths, so that a file that goes by two names is still one file. */
export interface EditTargets {
  readonly edits: readonly FileEdit[];
  readonly byAddress: ReadonlyMap<string, EditedTarget>;
}

/** The files that edits mean, none of them refused; edits without a path are of `atHand`. Opens no editor. */
export async function editTargets(
  edits: readonly FileEdit[],
  atHand: Uri | undefined,
  hiddenBecause: HiddenBecause,
): Promise<EditTargets | { readonly refused: string }> {
  const byAddress = new Map<string, EditedTarget>();
  const addresses = new Map<string | undefined, string>();
  const paths = edits.flatMap((edit) => [edit.path, ...(edit.kind === 'change' && edit.moveTo ? [edit.moveTo] : [])]);
  for (const path of new Set(paths)) {
    if (path === undefined && !atHand)
      return { refused: l10n.t('The reply does not say which file it means. Open the file and try again.') };
    const target =
      path === undefined && atHand
        ? await openTarget(atHand, hiddenBecause)
        : await editTarget(path ?? '', hiddenBecause);
    if ('refused' in target) return target;
    const { uri, exists } = target;
    const address = uri.toString();
    addresses.set(path, address);
    if (byAddress.has(address)) continue;
    try {
      const document = exists ? await workspace.openTextDocument(uri) : undefined;
      byAddress.set(address, { uri, name: path ?? '', ...(document && { document }) });
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      return { refused: l10n.t('{0} cannot be read as text: {1}', path ?? uri.path, why) };
    }
  }
  return { edits: edits.map((edit) => addressed(edit, addresses)), byAddress };
}

function addressed(edit: FileEdit, addresses: ReadonlyMap<string | undefined, string>): FileEdit {
  const path = addresses.get(edit.path) ?? '';
  if (edit.kind !== 'change' || edit.moveTo === undefined) return { ...edit, path };
  return { ...edit, path, moveTo: addresses.get(edit.moveTo) ?? '' };
}
