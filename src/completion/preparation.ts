import type { CurrentFile, TextSource } from '../context/current-file.ts';
import type { ContextFile, ContextPack } from '../context/related-context.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Put } from './asked.ts';
import { budgetFor } from './budget.ts';
import type { CompletionDocument } from './document.ts';
import { aroundCursor, holeAt, situationIn } from './hole-at.ts';
import type { Observation } from './observation.ts';
import type { CompletionPorts } from './ports.ts';
import { PromptSpeed } from './prompt-speed.ts';
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
  readonly #speed = new PromptSpeed();

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
    const budget = budgetFor(model, this.#speed);
    const around = aroundCursor(spot.text, spot.offset);
    const { version, files: found } = await this.#related(spot, around, budget.contextCharacters, signal);
    const files = await this.#visible(found, model);
    this.#contextVersions.set(document.uri, version);
    if (signal.aborted) return { kind: 'cancelled' };
    // Where a file stands on this machine is nobody else's business.
    const extra = files.map(({ filename, text }) => ({ filename, text }));
    const hole = holeAt(document, spot.text, spot.offset, model, maxLines, extra, budget);

    enter('template');
    const asked = askFor(model, hole);
    if ('unsupported' in asked) return { kind: 'unable', reason: asked.unsupported, model: model.ref };
    const { uri, languageId } = document;
    const grammar = this.#ports.syntax?.readerFor(languageId);
    const situation = situationIn(document, hole, asked, around, grammar);
    const { view } = spot;
    const putTo = (other: Model): Put | undefined => {
      const itsHole = holeAt(document, spot.text, spot.offset, other, maxLines, extra, budgetFor(other, this.#speed));
      const its = askFor(other, itsHole);
      if ('unsupported' in its) return undefined;
      return { asked: its, situation: situationIn(document, itsHole, its, around, grammar) };
    };
    const prepared = { uri, languageId, model, asked, situation, putTo, view, contextVersion: version };
    const shown = [uri, ...new Set(files.flatMap(({ uris }) => uris))];
    return { kind: 'prepared', prepared: { ...prepared, files: shown } };
  }

  /** Learns from a request that was made how much the next one may hold. */
  observe(observation: Observation): void {
    if (observation.kind !== 'requested') return;
    const { model, promptCharacters, firstTextMs, totalMs, usage } = observation;
    const cached = usage?.cached === undefined || !(usage.input > 0) ? undefined : usage.cached / usage.input;
    const prompt = {
      model,
      promptCharacters,
      ...(cached !== undefined && { cachedCharacters: Math.round(promptCharacters * cached) }),
    };
    if (firstTextMs !== undefined) this.#speed.observe({ ...prompt, firstTextMs });
    else if (observation.outcome === 'aborted') this.#speed.waited({ ...prompt, waitedMs: totalMs });
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

  /** Files that only local models may see are left out for others; whether the document itself goes is asked at the door. */
  async #visible(files: readonly ContextFile[], { endpoint }: Model): Promise<readonly ContextFile[]> {
    const { localOnlyBecause } = this.#ports;
    if (endpoint.local || !localOnlyBecause) return files;
    const visible = await Promise.all(
      files.map(async (file) => {
        const reasons = await Promise.all(file.uris.map((uri) => localOnlyBecause(uri)));
        return reasons.every((reason) => reason === undefined) ? [file] : [];
      }),
    );
    return visible.flat();
  }

  async #related(
    { document, offset }: Spot,
    { prefix, suffix }: CurrentFile,
    characters: number,
    signal: AbortSignal,
  ): Promise<ContextPack> {
    const { related } = this.#ports;
    if (!related) return { version: 0, files: [] };
    const { uri, path, languageId } = document;
    return related.pack({ uri, path, languageId, offset, prefix, suffix }, characters, signal);
  }
}
