import type { TextSource } from '../context/current-file.ts';
import { aheadAfterMs, asIfAccepted, mayPrepare } from './ahead.ts';
import type { BackOff } from './back-off.ts';
import type { CompletionDocument, Suggestion } from './document.ts';
import type { OnScreen } from './on-screen.ts';
import type { CompletionPorts } from './ports.ts';
import type { Preparations } from './preparation.ts';
import type { Requests } from './requests.ts';
import { snapshot } from './snapshot.ts';
import { viewAt } from './view.ts';

/** Who goes on typing has used up so few characters before a model could answer. */
const soonTyped = 8;

export interface SuccessorsPlan {
  readonly ports: CompletionPorts;
  readonly preparations: Preparations;
  readonly requests: Requests;
  readonly screen: OnScreen;
  readonly backOff: BackOff;
  /** Counts how often all that was known became void. */
  readonly generation: () => number;
}

/** Asks for what follows a suggestion while it is being read, so that it is at hand once this one is taken. */
export class Successors {
  readonly #plan: SuccessorsPlan;
  /** The suggestion whose next one was prepared last. */
  #preparedAfter = 0;

  constructor(plan: SuccessorsPlan) {
    this.#plan = plan;
  }

  /** `text`: around the cursor, where the call has kept it. */
  prepareAfter(
    suggestion: Suggestion,
    { document, offset }: { readonly document: CompletionDocument; readonly offset: number },
    text: TextSource | undefined,
  ): void {
    const { ports, preparations, requests, screen, backOff, generation } = this.#plan;
    const { uri, languageId } = document;
    const model = preparations.modelFor(languageId);
    if (this.#preparedAfter === suggestion.id || requests.isBusy(uri)) return;
    if (!model || !mayPrepare(ports.preferences(document), model)) return;
    this.#preparedAfter = suggestion.id;
    const then = asIfAccepted(document, text ?? snapshot(document, offset), offset, suggestion);
    const spot = { ...then, text: then.document, view: viewAt(then.document, then.offset) };
    const { signal } = new AbortController();
    const begunIn = generation();
    const isWanted = (): boolean =>
      begunIn === generation() && screen.suggestionId === suggestion.id && !requests.isBusy(uri);
    const prepare = async (): Promise<void> => {
      await ports.clock.sleep(suggestion.text.length > soonTyped ? aheadAfterMs : 0, signal);
      if (!isWanted() || backOff.reason(ports.clock.now()) !== undefined) return;
      const preparation = await preparations.prepare(spot, () => undefined, signal);
      const remaining = screen.remaining(suggestion.id);
      if (preparation.kind !== 'prepared' || !isWanted() || !remaining) return;
      requests.prepare(preparation.prepared, remaining);
    };
    // What nobody has asked for may fail without a word.
    prepare().catch(() => undefined);
  }
}
