import * as l10n from '@vscode/l10n';
import { Disposable, languages, type TextDocument, Uri, window, workspace } from 'vscode';
import type { CompletionEngine } from '../completion/engine.ts';
import { explain, type InFront } from '../completion/explain.ts';
import { lastAnswerOf } from '../completion/record-log.ts';
import type { Command } from './command.ts';
import { completionDocument } from './completion-document.ts';
import { showRecords } from './completion-records.ts';
import type { CompletionSettings } from './completion-settings.ts';
import type { IgnoreFiles } from './ignore-files.ts';
import { completionSelector } from './inline-completions.ts';

export interface ExplainPorts {
  readonly engine: CompletionEngine;
  readonly settings: CompletionSettings;
  readonly ignoreFiles: IgnoreFiles;
  /** Names of the other extensions that suggest. */
  readonly rivals: () => readonly string[];
}

/** `tutti.explainCompletion`: why there is no suggestion in front, for whoever asks. Answers and returns one sentence. */
export class CompletionExplainer {
  readonly #ports: ExplainPorts;
  readonly #listener: Disposable;
  #usedEditorAt = 0;

  constructor(ports: ExplainPorts) {
    this.#ports = ports;
    const used = (): void => {
      this.#usedEditorAt = Date.now();
    };
    this.#listener = Disposable.from(
      window.onDidChangeActiveTextEditor(used),
      window.onDidChangeTextEditorSelection(used),
    );
  }

  readonly command: Command = {
    id: 'tutti.explainCompletion',
    run: async (): Promise<string> => {
      const reason = await this.#why();
      void tell(reason);
      return reason;
    },
  };

  dispose(): void {
    this.#listener.dispose();
  }

  async #why(): Promise<string> {
    const { records } = this.#ports.engine;
    const last = records.at(-1);
    // The commit message has no editor that an extension could see: it is where the last question came from.
    if (last && last.at > this.#usedEditorAt && Uri.parse(last.uri).scheme === 'vscode-scm') {
      return explain(lastAnswerOf(records, last.uri), undefined);
    }
    const document = window.activeTextEditor?.document;
    if (!document) return explain(undefined, undefined);
    return explain(lastAnswerOf(records, document.uri.toString()), await this.#inFront(document));
  }

  async #inFront(document: TextDocument): Promise<InFront> {
    const { settings, ignoreFiles, rivals } = this.#ports;
    const { uri, languageId } = document;
    const editor = window.activeTextEditor;
    const seen = completionDocument(document);
    return {
      scheme: uri.scheme,
      languageId,
      served: languages.match(completionSelector, document) > 0,
      readOnly: seen.readOnly,
      ghostText: workspace.getConfiguration('editor', { uri, languageId }).get('inlineSuggest.enabled') !== false,
      cursors: editor?.selections.length ?? 1,
      selecting: editor?.selection.isEmpty === false,
      preferences: settings.preferences(seen),
      hiddenBecause: await ignoreFiles.hiddenBecause(uri),
      rivals: rivals(),
    };
  }
}

async function tell(reason: string): Promise<void> {
  const choice = await window.showInformationMessage(reason, l10n.t('Last Requests'));
  if (choice) await showRecords();
}
