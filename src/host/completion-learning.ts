import * as vscode from 'vscode';
import { CompletionLearning } from '../completion/learning.ts';
import { byLanguage, byModel, type Evidence } from '../completion/learning-summary.ts';
import type { Observation } from '../completion/observation.ts';
import { type EvidenceAmount, weekOf } from '../llm/completion-evidence.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { CompletionEvidence } from '../store/completion-evidence.ts';
import { messageOf } from '../util/message-of.ts';

export interface LearnedPorts {
  readonly store: CompletionEvidence;
  /** Is told what the first text took in earlier sessions, once the database is open. */
  readonly rememberLatencies: (medians: ReadonlyMap<ModelRef, number>) => void;
  readonly report: (sentence: string) => void;
}

/** What Tutti learns of completions in this window, and what all windows have learned. */
export class LearnedCompletions implements vscode.Disposable {
  readonly #ports: LearnedPorts;
  readonly #learning: CompletionLearning;
  #hasRemembered = false;

  constructor(ports: LearnedPorts) {
    this.#ports = ports;
    this.#learning = new CompletionLearning({
      write: async (additions, week) => {
        await ports.store.add(additions, week);
        void this.#rememberLatencies();
      },
      textOf,
      report: ports.report,
    });
  }

  observe(observation: Observation): void {
    this.#learning.observe(observation);
  }

  /** Follows accepted texts. Has to come after the engine listens: what it observes at a change is from before it. */
  listen(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          removedLength: rangeLength,
          insertedText: text,
        }));
        this.#learning.documentChanged(document.uri.toString(), changes);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#learning.documentClosed(uri.toString())),
    );
  }

  /** Over all languages; empty where the database cannot be read. */
  async byModel(): Promise<ReadonlyMap<ModelRef, Evidence>> {
    await this.#learning.flush();
    return byModel(await this.#written());
  }

  /** By model and language, what was shown most first. */
  async byLanguage(): Promise<readonly Evidence[]> {
    await this.#learning.flush();
    return byLanguage(await this.#written());
  }

  /** Before the database is: what is not written yet is written now. */
  dispose(): void {
    this.#learning[Symbol.dispose]();
  }

  /** With the first write, for the database is open then. */
  async #rememberLatencies(): Promise<void> {
    if (this.#hasRemembered) return;
    this.#hasRemembered = true;
    const medians = [...byModel(await this.#written())].flatMap(([model, { firstText }]) =>
      firstText ? [[model, firstText.p50] as const] : [],
    );
    this.#ports.rememberLatencies(new Map(medians));
  }

  async #written(): Promise<readonly EvidenceAmount[]> {
    try {
      return await this.#ports.store.sums(weekOf(Date.now()));
    } catch (error) {
      this.#ports.report(`What was learned about completions could not be read: ${messageOf(error)}`);
      return [];
    }
  }
}

/** Of open documents only: a closed one cannot be looked at without reading the disk. */
function textOf(uri: string, start: number, end: number): string | undefined {
  const document = vscode.workspace.textDocuments.find((open) => !open.isClosed && open.uri.toString() === uri);
  return document?.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}
