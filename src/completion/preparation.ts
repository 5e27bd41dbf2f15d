import type { TextSource } from '../context/current-file.ts';
import type { ContextFile } from '../context/related-context.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Hole } from './asked.ts';
import { windowFor } from './budget.ts';
import type { CompletionDocument } from './document.ts';
import { holeAt, situationIn } from './hole-at.ts';
import type { CompletionPorts } from './ports.ts';
import type { Stage } from './record.ts';
import type { Prepared } from './requests.ts';
import { askFor } from './template.ts';
import type { View } from './view.ts';

/** Where something is to be filled in. `text` does not change any more, unlike the document. */
export interface Spot {
  readonly document: CompletionDocument;
  readonly text: TextSource;
  readonly offset: number;
  readonly view: View;
}

export type Preparation =
  | { readonly kind: 'prepared'; readonly prepared: Prepared }
  /** As it should be: no request is to be made here. */
  | { readonly kind: 'nothing'; readonly reason: string }
  /** Something is wrong that the user can put right. */
  | { readonly kind: 'unable'; readonly reason: string; readonly model?: ModelRef }
  | { readonly kind: 'cancelled' };

/** What has to be known and written before a request can leave: ignore → model → context → template. */
export class Preparations {
  readonly #ports: CompletionPorts;
  /** The model last asked, by language. */
  readonly #models = new Map<string, Model>();
  /** Of the related code last shown, by document. */
  readonly #contextVersions = new Map<string, number>();

  constructor(ports: CompletionPorts) {
    this.#ports = ports;
  }

  async prepare(spot: Spot, enter: (stage: Stage) => void, signal: AbortSignal): Promise<Preparation> {
    const { document } = spot;
    enter('ignore');
    const hidden = await this.#ports.hiddenBecause(document);
    if (hidden !== undefined) return { kind: 'nothing', reason: hidden };

    enter('model');
    const resolved = await this.#ports.models.resolve(document.languageId);
    if ('unavailable' in resolved) return { kind: 'unable', reason: resolved.unavailable };
    const { model } = resolved;
    this.#models.set(document.languageId, model);
    if (signal.aborted) return { kind: 'cancelled' };

    enter('context');
    const { maxLines } = this.#ports.preferences(document);
    const alone = holeAt(document, spot.text, spot.offset, model, maxLines);
    const { version, files } = await this.#related(spot, alone, model, signal);
    this.#contextVersions.set(document.uri, version);
    if (signal.aborted) return { kind: 'cancelled' };
    const hole = { ...alone, extra: files };

    enter('template');
    const asked = askFor(model, hole);
    if ('unsupported' in asked) return { kind: 'unable', reason: asked.unsupported, model: model.ref };
    const { uri, languageId } = document;
    const situation = situationIn(document, hole, asked);
    const { view } = spot;
    return { kind: 'prepared', prepared: { uri, languageId, model, asked, situation, view, contextVersion: version } };
  }

  /** The model last asked for this language. */
  modelFor(languageId: string): Model | undefined {
    return this.#models.get(languageId);
  }

  contextVersionFor(uri: string): number | undefined {
    return this.#contextVersions.get(uri);
  }

  /** Nothing of a document; absent = nothing at all is known any more. */
  forget(uri?: string): void {
    if (uri !== undefined) {
      this.#contextVersions.delete(uri);
      return;
    }
    this.#models.clear();
    this.#contextVersions.clear();
  }

  async #related(
    { document, offset }: Spot,
    { prefix, suffix }: Hole,
    model: Model,
    signal: AbortSignal,
  ): Promise<{ readonly version: number; readonly files: readonly ContextFile[] }> {
    const { related } = this.#ports;
    if (!related) return { version: 0, files: [] };
    const { uri, path, languageId } = document;
    return related.pack({ uri, path, languageId, offset, prefix, suffix }, windowFor(model).prefixCharacters, signal);
  }
}
