import * as l10n from '@vscode/l10n';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Call, CallEnd } from './call.ts';
import type { StateHolder } from './engine-state.ts';
import type { Flight } from './flight.ts';
import type { CompletionRecord } from './record.ts';
import { RecordLog } from './record-log.ts';

/** A model that let a call wait this long without a word is the reason why there was nothing, not the next key. */
const silenceMs = 1000;

/** How calls end: each as one record that says why, and what the status bar says of it. */
export class Endings {
  readonly #log = new RecordLog();
  readonly #state: StateHolder;
  readonly #newId: () => number;

  constructor(state: StateHolder, newId: () => number) {
    this.#state = state;
    this.#newId = newId;
  }

  shown(call: Call, end: CallEnd, model: ModelRef): void {
    this.#state.set('shown', { model });
    this.#add(call, end);
  }

  /** With nothing to show. */
  empty(call: Call, end: CallEnd): undefined {
    if (this.#state.state.state === 'shown') this.#state.set('idle');
    return this.#add(call, end);
  }

  /** Before anybody was asked: whatever is on the screen has nothing to do with it. */
  nothing(call: Call, reason: string): undefined {
    return this.#add(call, { outcome: 'nothing', reason });
  }

  cancelled(call: Call, flight?: Flight): undefined {
    if (flight && flight.record.received === '' && call.elapsedMs >= silenceMs) {
      const seconds = Math.round(call.elapsedMs / 1000);
      const reason = l10n.t(
        '{0} had sent nothing after {1} s, when the cursor or the text moved on. Check whether its server is busy, or switch to another model.',
        flight.plan.model.ref,
        seconds,
      );
      return this.#add(call, { outcome: 'nothing', reason, request: flight.record });
    }
    const reason = l10n.t('The cursor or the text moved on before there was an answer.');
    return this.#add(call, { outcome: 'cancelled', reason, ...(flight && { request: flight.record }) });
  }

  /** The user took the suggestion with this id. */
  accepted(suggestionId: number): void {
    this.#log.accepted(suggestionId);
  }

  /** The last calls, oldest first. */
  get records(): readonly CompletionRecord[] {
    return this.#log.all;
  }

  /** Why there was or was not a suggestion, as one sentence; for one document, or for the last call anywhere. */
  explain(uri?: string): string {
    const record = uri === undefined ? this.#log.lastAnswer : this.#log.lastAnswerFor(uri);
    return record?.reason ?? l10n.t('No suggestion was asked for yet.');
  }

  #add(call: Call, end: CallEnd): undefined {
    this.#log.add(call.end(this.#newId(), end));
    return undefined;
  }
}
