import * as vscode from 'vscode';
import type { CompletionEngine } from '../completion/engine.ts';
import type { wordRecords } from '../completion/record-words.ts';

const page = vscode.Uri.parse('tutti-completions:/Last%20Requests.md');
const changed = new vscode.EventEmitter<vscode.Uri>();

/** Loads what puts records into words; nobody needs it before the page is opened. */
type Words = () => Promise<{ readonly wordRecords: typeof wordRecords }>;

/** Provides the page of the last requests. Kept in memory only, like the records. */
export function registerCompletionRecords(engine: CompletionEngine, words: Words): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(page.scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async () => (await words()).wordRecords(engine.records),
  });
}

/** Opens the page as things are now; one that is open already is brought up to date. */
export async function showRecords(): Promise<void> {
  changed.fire(page);
  await vscode.window.showTextDocument(page, { preview: true });
}
