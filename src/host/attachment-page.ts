import { commands, type Disposable, Range, Uri, window, workspace } from 'vscode';
import type { Attachment } from '../context/attachment.ts';
import { withAttachments } from '../context/attachment-text.ts';

const scheme = 'tutti-attachment';

/** The texts that pages were opened for, by address. */
const texts = new Map<string, string>();

/** Shows pages of what went along with a message, as models read it. */
export function registerAttachmentPages(): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
}

/** Opens what was attached: its file where it is still there, a page of the web, else what was kept of it. */
export async function showAttachment(attachment: Attachment): Promise<void> {
  const { uri: address, range, kind } = attachment;
  const uri = address === undefined ? undefined : Uri.parse(address);
  try {
    if (uri && kind === 'page') await commands.executeCommand('vscode.open', uri);
    else if (uri && kind === 'image') await commands.executeCommand('vscode.open', uri);
    else if (uri && kind === 'folder') await commands.executeCommand('revealInExplorer', uri);
    else if (uri) {
      const selection = range && new Range(range.first - 1, 0, range.last, 0);
      await window.showTextDocument(uri, { preview: true, ...(selection && { selection }) });
    } else await showKept(attachment);
  } catch {
    // The file is gone; what was sent of it is not.
    await showKept(attachment);
  }
}

async function showKept(attachment: Attachment): Promise<void> {
  const name = attachment.label.replaceAll(/[/:\\?#]/g, '-');
  const page = Uri.from({ scheme, path: `/${attachment.id}/${name}.md` });
  const content = withAttachments([attachment], []);
  texts.set(page.toString(), content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'));
  await window.showTextDocument(page, { preview: true });
}
