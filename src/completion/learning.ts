import { type EvidenceCounter, type EvidenceName, type WeeklyEvidence, weekOf } from '../llm/completion-evidence.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import { writtenTokens } from '../llm/stream-event.ts';
import { bucketOf } from '../util/log-histogram.ts';
import { messageOf } from '../util/message-of.ts';
import type { DocumentChange } from './document.ts';
import { StillThere } from './learning-kept.ts';
import type { Observation } from './observation.ts';

export interface LearningPorts {
  /** Adds all or rejects. */
  readonly write: (additions: readonly WeeklyEvidence[], week: number) => Promise<void>;
  /** The text of an open document between two offsets; undefined = it is not open any more. */
  readonly textOf: (uri: string, start: number, end: number) => string | undefined;
  readonly report: (sentence: string) => void;
}

/** Written when nothing was learned for a moment, and while there is always something at least so often. */
const idleMs = 3000;
const longestUnwrittenMs = 60_000;
/** Suggestions whose end may still come. */
const mostSuggestions = 500;

/** Where something is counted. */
interface Place {
  readonly model: ModelRef;
  readonly languageId: string;
  readonly week: number;
}

/** A suggestion that was on the screen. `outcome`: what it was counted as. */
interface Seen {
  readonly place: Place;
  readonly outcome?: EvidenceCounter;
}

/**
 * Counts, per model, language and week, what becomes of requests and suggestions. Each suggestion ends once:
 * accepted, typed through or dismissed, so that they never add up to more than were shown.
 */
export class CompletionLearning implements Disposable {
  readonly #ports: LearningPorts;
  readonly #stillThere: StillThere;
  /** Latest last. */
  readonly #seen = new Map<number, Seen>();
  #unwritten = new Map<string, WeeklyEvidence>();
  #unwrittenSince: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: LearningPorts) {
    this.#ports = ports;
    this.#stillThere = new StillThere(ports.textOf, (suggestionId, share) => this.#looked(suggestionId, share));
  }

  observe(observation: Observation): void {
    switch (observation.kind) {
      case 'requested':
        this.#requested(observation);
        return;
      case 'shown':
        this.#shown(observation.suggestionId, placeOf(observation));
        return;
      case 'accepted':
        if (this.#ended(observation.suggestionId, 'accepted')) this.#stillThere.accepted(observation);
        return;
      case 'typed-through':
        this.#ended(observation.suggestionId, 'typed-through');
        return;
      case 'dismissed':
        this.#ended(observation.suggestionId, `dismissed-${observation.how}`);
    }
  }

  /** To be told at every change: where accepted texts are is known by following them. */
  documentChanged(uri: string, changes: readonly DocumentChange[]): void {
    this.#stillThere.documentChanged(uri, changes);
  }

  documentClosed(uri: string): void {
    this.#stillThere.documentClosed(uri);
  }

  /** Resolves when what was learned until now is written, or could not be. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#unwrittenSince = undefined;
    const additions = this.#unwritten;
    if (additions.size === 0) return;
    this.#unwritten = new Map();
    try {
      await this.#ports.write([...additions.values()], weekOf(Date.now()));
    } catch (error) {
      this.#ports.report(`What was learned about completions could not be written down: ${messageOf(error)}`);
      // It goes with the next that is learned; a clock of its own would ask a broken disk for ever.
      for (const addition of additions.values()) this.#add(addition);
    }
  }

  [Symbol.dispose](): void {
    this.#stillThere[Symbol.dispose]();
    void this.flush();
  }

  #requested(observation: Observation & { readonly kind: 'requested' }): void {
    const place = placeOf(observation);
    const { usage, cost, firstTextMs, outcome } = observation;
    this.#count(place, 'requests');
    if (outcome === 'failed') this.#count(place, 'failed');
    if (firstTextMs !== undefined) this.#count(place, `first-text:${bucketOf(firstTextMs)}`);
    // How long an aborted request would have taken nobody knows.
    if (outcome === 'complete' || outcome === 'stopped-early')
      this.#count(place, `total:${bucketOf(observation.totalMs)}`);
    if (usage) {
      this.#count(place, 'input-tokens', usage.input);
      this.#count(place, 'cached-tokens', usage.cached ?? 0);
      this.#count(place, 'output-tokens', writtenTokens(usage));
    }
    if (cost !== undefined && outcome !== 'failed') {
      this.#count(place, 'priced');
      this.#count(place, 'cost', cost);
      if (usage?.estimated) this.#count(place, 'cost-guessed');
    }
  }

  #shown(suggestionId: number, place: Place): void {
    if (this.#seen.has(suggestionId)) return;
    this.#seen.set(suggestionId, { place });
    this.#count(place, 'shown');
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > mostSuggestions && oldest !== undefined) this.#seen.delete(oldest);
  }

  /** False where the suggestion was never shown. Who turns away and comes back to take it has taken it. */
  #ended(suggestionId: number, outcome: EvidenceCounter): boolean {
    const seen = this.#seen.get(suggestionId);
    if (!seen) return false;
    if (seen.outcome === outcome) return true;
    if (seen.outcome !== undefined) {
      if (!seen.outcome.startsWith('dismissed')) return false;
      this.#count(seen.place, seen.outcome, -1);
    }
    this.#count(seen.place, outcome);
    this.#seen.set(suggestionId, { ...seen, outcome });
    return true;
  }

  #looked(suggestionId: number, share: number): void {
    const place = this.#seen.get(suggestionId)?.place;
    if (!place) return;
    this.#count(place, 'checked');
    this.#count(place, 'kept', share);
  }

  #count(place: Place, name: EvidenceName, amount = 1): void {
    if (amount === 0) return;
    this.#add({ ...place, name, amount });
    this.#unwrittenSince ??= Date.now();
    const atMost = this.#unwrittenSince + longestUnwrittenMs - Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(idleMs, atMost)));
  }

  #add(addition: WeeklyEvidence): void {
    const { week, model, languageId, name, amount } = addition;
    const key = JSON.stringify([week, model, languageId, name]);
    this.#unwritten.set(key, { ...addition, amount: amount + (this.#unwritten.get(key)?.amount ?? 0) });
  }
}

function placeOf({ model, languageId }: Pick<Place, 'model' | 'languageId'>): Place {
  return { model, languageId, week: weekOf(Date.now()) };
}
