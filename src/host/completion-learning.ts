import * as vscode from 'vscode';
import type { Latencies } from '../completion/latency.ts';
import { CompletionLearning } from '../completion/learning.ts';
import { byLanguage, byModel, type Evidence } from '../completion/learning-summary.ts';
import type { Observation } from '../completion/observation.ts';
import { type EvidenceAmount, weekOf } from '../llm/completion-evidence.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { CompletionEvidence } from '../store/completion-evidence.ts';
import { messageOf } from '../util/message-of.ts';

/** What Tutti learns of completions in this window, and what all windows have learned. */
export class LearnedCompletions implements vscode.Disposable {
  readonly #store: CompletionEvidence;
  readonly #latencies: Latencies;
  readonly #learning: CompletionLearning;
  readonly #listeners: vscode.Disposable;
  readonly #report: (sentence: string) => void;
  #remembersLatencies = false;

  constructor(store: CompletionEvidence, latencies: Latencies, report: (sentence: string) => void) {
    this.#store = store;
    this.#latencies = latencies;
    this.#report = report;
    const learning = new CompletionLearning({
      write: async (additions, week) => {
        await store.add(additions, week);
        void this.#rememberLatencies();
      },
      textOf,
      report,
    });
    this.#learning = learning;
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          removedLength: rangeLength,
          insertedText: text,
        }));
        learning.documentChanged(document.uri.toString(), changes);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => learning.documentClosed(uri.toString())),
    );
  }

  observe(observation: Observation): void {
    this.#latencies.observe(observation);
    this.#learning.observe(observation);
  }

  /** By model, over all languages; empty where the database cannot be read. */
  async byModel(): Promise<ReadonlyMap<ModelRef, Evidence>> {
    return byModel(await this.#sums());
  }

  /** By model and language, what was shown most first. */
  async byLanguage(): Promise<readonly Evidence[]> {
    return byLanguage(await this.#sums());
  }

  /** Before the database: what is not written yet is written. */
  dispose(): void {
    this.#listeners.dispose();
    this.#learning[Symbol.dispose]();
  }

  /** With the first write, for the database is open then. */
  async #rememberLatencies(): Promise<void> {
    if (this.#remembersLatencies) return;
    this.#remembersLatencies = true;
    const medians = [...byModel(await this.#written())].flatMap(([model, { firstText }]) =>
      firstText ? [[model, firstText.p50] as const] : [],
    );
    this.#latencies.remember(new Map(medians));
  }

  async #sums(): Promise<readonly EvidenceAmount[]> {
    await this.#learning.flush();
    return this.#written();
  }

  async #written(): Promise<readonly EvidenceAmount[]> {
    try {
      return await this.#store.sums(weekOf(Date.now()));
    } catch (error) {
      this.#report(`What was learned about completions could not be read: ${messageOf(error)}`);
      return [];
    }
  }
}

/** Of open documents only: a closed one cannot be looked at without reading the disk. */
function textOf(uri: string, start: number, end: number): string | undefined {
  const document = vscode.workspace.textDocuments.find((open) => !open.isClosed && open.uri.toString() === uri);
  return document?.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}
