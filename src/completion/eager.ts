import { isFree } from './cost-free.ts';
import type { CompletionDocument } from './document.ts';
import type { CompletionPorts } from './ports.ts';
import type { Preparations } from './preparation.ts';
import type { Requests } from './requests.ts';
import { snapshot } from './snapshot.ts';
import { type View, viewAt } from './view.ts';

export interface EagerPlan {
  readonly ports: CompletionPorts;
  readonly preparations: Preparations;
  readonly requests: Requests;
  /** Another one = the document, or all that was known, has changed since. */
  readonly versionOf: (uri: string) => string;
  readonly isAtHand: (document: CompletionDocument, view: View) => boolean;
}

/** Asks a model that costs nothing as soon as a key is there: the editor itself waits a while, and then finds the answer at hand or on its way. */
export class Eager {
  readonly #plan: EagerPlan;

  constructor(plan: EagerPlan) {
    this.#plan = plan;
  }

  /** A key that nobody foresaw has put the cursor there. */
  ask(document: CompletionDocument, offset: number): void {
    const { ports, preparations, requests, versionOf, isAtHand } = this.#plan;
    const { uri, languageId } = document;
    const model = preparations.modelFor(languageId);
    if (!model || !isFree(model) || requests.isAsking(uri)) return;
    const view = viewAt(document, offset);
    if (isAtHand(document, view)) return;
    const version = versionOf(uri);
    const ask = async (): Promise<void> => {
      const spot = { document, text: snapshot(document, offset), offset, view };
      const { signal } = new AbortController();
      const preparation = await preparations.prepare(spot, () => undefined, signal);
      // A call of the editor may have been quicker, and another key makes this another place.
      if (preparation.kind !== 'prepared' || version !== versionOf(uri) || requests.isAsking(uri)) return;
      if (isAtHand(document, view)) return;
      requests.launch(preparation.prepared, ports.preferences(document).streaming).expectCall();
    };
    // What is wrong, the editor's own call will say.
    ask().catch(() => undefined);
  }
}
