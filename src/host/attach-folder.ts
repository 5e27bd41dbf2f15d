import * as l10n from '@vscode/l10n';
import { RelativePattern, type Uri, workspace } from 'vscode';
import type { Block } from '../context/attachment.ts';
import { folderListing } from '../context/folder-listing.ts';
import type { HiddenBecause } from './allowed-files.ts';
import type { Read } from './attach-draft.ts';
import { readFile, whyHidden } from './attach-file.ts';
import { pathOf } from './document-path.ts';
import { excludedFromSearch } from './file-index.ts';

const mostListed = 500;
const mostFiles = 40;
const mostCharacters = 120_000;

/** A folder: the names of its files, and the text of as many as fit. Of files no model may see not even the names. */
export async function readFolder(uri: Uri, hiddenBecause: HiddenBecause, signal: AbortSignal): Promise<Read> {
  const name = uri.path.split('/').findLast((part) => part !== '') ?? uri.path;
  const refused = (reason: string): Read => ({ kind: 'refused', of: 'folder', label: `${name}/`, reason });
  const found = await workspace.findFiles(new RelativePattern(uri, '**/*'), excludedFromSearch(uri), 5000);
  const base = uri.path.endsWith('/') ? uri.path : `${uri.path}/`;
  const sorted = found.sort((a, b) => (a.path < b.path ? -1 : 1));
  const allowed: Uri[] = [];
  for (const file of sorted) {
    if (signal.aborted) return { kind: 'cancelled' };
    if (allowed.length < mostListed && (await whyHidden(file, hiddenBecause)) === undefined) allowed.push(file);
  }
  if (found.length === 0) return refused(l10n.t('There are no files in it.'));
  if (allowed.length === 0) return refused(l10n.t('No model may see the files in it.'));
  const title = pathOf(uri);
  const paths = allowed.map((file) => file.path.slice(base.length));
  const blocks: Block[] = [
    { type: 'text', title: `Files in ${title}`, languageId: 'plaintext', text: folderListing(title, paths) },
  ];
  const files: string[] = [];
  let left = mostCharacters;
  for (const file of allowed) {
    if (files.length === mostFiles || signal.aborted) break;
    const read = await readFile(file, undefined, hiddenBecause);
    const [block] = read.kind === 'read' ? (read.drafts[0]?.blocks ?? []) : [];
    if (block?.type !== 'text' || block.text.length > left) continue;
    left -= block.text.length;
    blocks.push(block);
    files.push(file.toString());
  }
  return {
    kind: 'read',
    drafts: [
      {
        ...{ kind: 'folder', label: `${name}/`, uri: uri.toString(), blocks, files },
        ...(files.length < found.length && { cut: { unit: 'files', kept: files.length, of: found.length } }),
      },
    ],
  };
}
