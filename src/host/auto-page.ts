import * as vscode from 'vscode';
import type { Decided } from '../gateway/auto-chooser.ts';
import { wordDecisions } from '../gateway/auto-page-words.ts';
import type { Command } from './command.ts';

const page = vscode.Uri.parse('tutti-auto:/Auto.md');

/** `tutti.explainAuto`: a page with the scores of the last decisions. Kept in memory only. */
export class AutoPage implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #provider: vscode.Disposable;
  readonly command: Command;

  constructor(decisions: () => readonly Decided[]) {
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(page.scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => wordDecisions(decisions()),
    });
    this.command = {
      id: 'tutti.explainAuto',
      run: async () => {
        // One that is open already is brought up to date.
        this.#changed.fire(page);
        await vscode.window.showTextDocument(page, { preview: true });
      },
    };
  }

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }
}
