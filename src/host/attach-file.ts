import { Buffer } from 'node:buffer';
import * as l10n from '@vscode/l10n';
import { FileType, NotebookCellKind, type Uri, workspace } from 'vscode';
import type { LineRange } from '../context/attachment.ts';
import { countLines, cutLines } from '../context/cut-lines.ts';
import { imageTypeOf, mostImageBytes } from '../context/image-type.ts';
import { lineFeeds } from '../util/line-feeds.ts';
import { messageOf } from '../util/message-of.ts';
import { type HiddenBecause, isFile } from './allowed-files.ts';
import type { AttachmentDraft, Read } from './attach-draft.ts';
import { fileOf, notebookOf, pathOf } from './document-path.ts';
import { decodeText, openDocument } from './file-text.ts';
import { languageOf } from './language-of.ts';

const mostBytes = 4_000_000;
/** About 50,000 tokens: what most models can still read beside a conversation. */
const mostCharacters = 180_000;

/** A file as it stands in the editor, else on disk; with `lines`, those alone. Pictures are attached as such. */
export async function readFile(uri: Uri, lines: LineRange | undefined, hiddenBecause: HiddenBecause): Promise<Read> {
  const label = labelOf(uri, lines);
  const refused = (reason: string): Read => ({ kind: 'refused', of: kindOf(uri, lines), label, reason });
  const hidden = await whyHidden(uri, hiddenBecause);
  if (hidden !== undefined) return refused(hidden);
  const found = await textAt(uri).catch((error: unknown): Found => ({ kind: 'refused', reason: wordReading(error) }));
  switch (found.kind) {
    case 'refused':
      return refused(found.reason);
    case 'image': {
      const base64 = Buffer.from(found.bytes).toString('base64');
      const block = { type: 'image', title: pathOf(uri), mediaType: found.mediaType, base64 } as const;
      return {
        kind: 'read',
        drafts: [{ kind: 'image', label, uri: uri.toString(), blocks: [block], files: [uri.toString()] }],
      };
    }
    case 'text':
      return { kind: 'read', drafts: [draftOf(uri, found, lines)] };
  }
}

/** Why its text may not go into a prompt, also where that cannot be found out; undefined = it may. */
export async function whyHidden(uri: Uri, hiddenBecause: HiddenBecause): Promise<string | undefined> {
  if (!isFile(uri)) return l10n.t('This is a page of the editor, not a file.');
  return hiddenBecause(fileOf(uri)).catch((error: unknown) =>
    l10n.t('Who may see this file is not known: {0}', messageOf(error)),
  );
}

/** e.g. `cart.ts:3-10`, `analysis.ipynb, cell 3`. */
export function labelOf(uri: Uri, lines?: LineRange): string {
  const name =
    fileOf(uri)
      .path.split('/')
      .findLast((part) => part !== '') ?? uri.path;
  const cell = cellNumber(uri);
  const whole = cell === undefined ? name : l10n.t('{0}, cell {1}', name, cell);
  if (lines === undefined) return whole;
  return lines.first === lines.last ? `${whole}:${lines.first}` : `${whole}:${lines.first}-${lines.last}`;
}

type Found =
  | { readonly kind: 'text'; readonly text: string; readonly languageId: string }
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly mediaType: string }
  | { readonly kind: 'refused'; readonly reason: string };

async function textAt(uri: Uri): Promise<Found> {
  const open = openDocument(uri);
  if (open) return { kind: 'text', text: lineFeeds(open.getText()), languageId: open.languageId };
  const { type, size } = await workspace.fs.stat(uri);
  if ((type & FileType.Directory) > 0) return { kind: 'refused', reason: l10n.t('This is a folder.') };
  if (size > mostImageBytes) return tooLarge(mostImageBytes);
  if (uri.path.endsWith('.ipynb')) return notebookAt(uri);
  const bytes = await workspace.fs.readFile(uri);
  const mediaType = imageTypeOf(bytes);
  if (mediaType !== undefined) return { kind: 'image', bytes, mediaType };
  if (size > mostBytes) return tooLarge(mostBytes);
  const text = bytes.subarray(0, 8000).includes(0) ? undefined : await decodeText(bytes, uri);
  if (text === undefined || text.includes('\0')) {
    return { kind: 'refused', reason: l10n.t('This is a binary file; models read text and pictures.') };
  }
  return { kind: 'text', text: lineFeeds(text), languageId: languageOf(uri) };
}

/** The sources of its cells; what they have put out is never read. */
async function notebookAt(uri: Uri): Promise<Found> {
  const notebook = await workspace.openNotebookDocument(uri);
  const cells = notebook.getCells().map(({ kind, document }, index) => {
    const what = kind === NotebookCellKind.Code ? document.languageId : 'markdown';
    return `# %% cell ${index + 1} [${what}]\n${lineFeeds(document.getText())}`;
  });
  return { kind: 'text', text: cells.join('\n\n'), languageId: 'plaintext' };
}

function draftOf(uri: Uri, { text, languageId }: Extract<Found, { kind: 'text' }>, lines?: LineRange): AttachmentDraft {
  const all = text.split('\n');
  const range = lines && { first: Math.min(lines.first, all.length), last: Math.min(lines.last, all.length) };
  const wanted = range ? all.slice(range.first - 1, range.last).join('\n') : text;
  const { text: kept, cut } = cutLines(wanted, mostCharacters);
  const first = range?.first ?? 1;
  const shown = range || cut ? { first, last: first + countLines(kept) - 1 } : undefined;
  const cell = cellNumber(uri);
  return {
    kind: kindOf(uri, lines),
    label: labelOf(uri, range),
    uri: uri.toString(),
    ...(range && { range }),
    blocks: [
      {
        type: 'text',
        title: cell === undefined ? pathOf(uri) : `${pathOf(uri)}, cell ${cell}`,
        languageId,
        ...(shown && { lines: shown }),
        text: kept,
      },
    ],
    files: [fileOf(uri).toString()],
    ...(cut && { cut }),
  };
}

function kindOf(uri: Uri, lines: LineRange | undefined): 'cell' | 'selection' | 'file' {
  return uri.scheme === 'vscode-notebook-cell' ? 'cell' : lines ? 'selection' : 'file';
}

/** Counted from 1; undefined = it is no cell of an open notebook. */
function cellNumber(uri: Uri): number | undefined {
  const cells = notebookOf(uri)?.getCells() ?? [];
  const index = cells.findIndex(({ document }) => document.uri.toString() === uri.toString());
  return index < 0 ? undefined : index + 1;
}

const tooLarge = (bytes: number): Found => ({
  kind: 'refused',
  reason: l10n.t('It is larger than {0} MB. Attach the lines that matter instead.', bytes / 1_000_000),
});

function wordReading(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'FileNotFound', 'ENOTDIR'].includes(code)
    ? l10n.t('It is not there any more.')
    : l10n.t('It cannot be read: {0}', messageOf(error));
}
