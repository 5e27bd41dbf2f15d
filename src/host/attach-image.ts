import { Buffer } from 'node:buffer';
import * as l10n from '@vscode/l10n';
import { type Uri, window } from 'vscode';
import { imageTypeOf, mostImageBytes } from '../context/image-type.ts';
import type { Read } from './attach-draft.ts';

/** A picture that was pasted or dropped; what it is, its bytes say. */
export function readImage(name: string, base64: string): Read {
  const label = name === '' ? l10n.t('Pasted picture') : name;
  const refused = (reason: string): Read => ({ kind: 'refused', of: 'image', label, reason });
  const bytes = Buffer.from(base64, 'base64');
  const mediaType = imageTypeOf(bytes);
  if (mediaType === undefined) return refused(l10n.t('Models take PNG, JPEG, GIF and WebP.'));
  if (bytes.length > mostImageBytes) return refused(l10n.t('It is larger than {0} MB.', mostImageBytes / 1_000_000));
  const block = { type: 'image', title: label, mediaType, base64: bytes.toString('base64') } as const;
  return { kind: 'read', drafts: [{ kind: 'image', label, blocks: [block], files: [] }] };
}

export async function pickImages(): Promise<readonly Uri[]> {
  const picked = await window.showOpenDialog({
    canSelectMany: true,
    filters: { [l10n.t('Pictures')]: ['png', 'jpg', 'jpeg', 'gif', 'webp'] },
  });
  return picked ?? [];
}
