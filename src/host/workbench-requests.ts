import { readFile } from 'node:fs/promises';
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
  /** Where the program that draws diagrams is; asks the user before it is fetched. */
  readonly diagramProgram: () => Promise<{ readonly path: string } | { readonly problem: string }>;
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

/** Few replies have a diagram: what draws them is fetched when the first is to be seen, and kept. */
async function sendDiagrams({ post, diagramProgram, report }: AskingPage): Promise<void> {
  const problem = (words: string): void => {
    report(`What draws diagrams is not there: ${words}`);
    post({ type: 'diagrams', problem: words });
  };
  try {
    const program = await diagramProgram();
    if ('problem' in program) problem(program.problem);
    else post({ type: 'diagrams', script: await readFile(program.path, 'utf8') });
  } catch (error) {
    problem(messageOf(error));
  }
}
