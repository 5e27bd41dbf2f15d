import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import * as vscode from 'vscode';
import type { FromWebview } from '../protocol/from-webview.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import { messageOf } from '../util/message-of.ts';
import { filesAmong, openFile, openSymbol } from './chat-links.ts';
import { openAsNewFile, runInTerminal } from './reply-code.ts';

/** What a page asks of the workbench, not of its chat, and what is read for it only when it is asked for. */
export type WorkbenchRequest = Extract<
  FromWebview,
  { type: 'find-files' | 'open-file' | 'open-symbol' | 'new-file' | 'run-in-terminal' | 'need-diagrams' }
>;

export interface AskingPage {
  readonly post: (message: ToWebview) => void;
  readonly extensionUri: vscode.Uri;
  readonly report: (problem: string) => void;
}

export async function answer(message: WorkbenchRequest, page: AskingPage): Promise<void> {
  switch (message.type) {
    case 'find-files':
      page.post({ type: 'files-found', asked: message.paths, found: await filesAmong(message.paths) });
      return;
    case 'open-file':
      return openFile(message);
    case 'open-symbol':
      return openSymbol(message.name);
    case 'new-file':
      return openAsNewFile(message);
    case 'run-in-terminal':
      return runInTerminal(message.text);
    case 'need-diagrams':
      return sendDiagrams(page);
  }
}

/** Kept compressed in the package, where it would be a quarter of its size as it is. */
async function sendDiagrams({ post, extensionUri, report }: AskingPage): Promise<void> {
  try {
    const file = vscode.Uri.joinPath(extensionUri, 'dist', 'diagrams.js.br').fsPath;
    const script = await promisify(brotliDecompress)(await readFile(file));
    post({ type: 'diagrams', script: script.toString('utf8') });
  } catch (error) {
    report(`What draws diagrams cannot be read: ${messageOf(error)}`);
    post({ type: 'diagrams' });
  }
}
