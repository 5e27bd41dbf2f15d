import type { TextSource } from '../context/current-file.ts';
import { messageOf } from '../util/message-of.ts';
import { type AnswerAtHand, answerAtHand } from './at-hand.ts';
import type { BackOff } from './back-off.ts';
import type { Call } from './call.ts';
import type { CompletionDocument, CompletionQuery, Suggestion } from './document.ts';
import type { Endings } from './endings.ts';
import type { StateHolder } from './engine-state.ts';
import type { Flight, Landing } from './flight.ts';
import type { OnScreen } from './on-screen.ts';
import type { CompletionPorts } from './ports.ts';
import type { Preparations } from './preparation.ts';
import type { Source } from './record.ts';
import type { RememberedAnswers, Wanted } from './remembered.ts';
import type { Requests } from './requests.ts';
import type { Successors } from './successors.ts';
import { lastLineOf } from './typed-at.ts';
import type { View } from './view.ts';

export type Answer = Suggestion | undefined;

/** A call with all it knows of its place. */
export interface Place {
  readonly document: CompletionDocument;
  readonly query: CompletionQuery;
  readonly view: View;
  readonly call: Call;
  /** How often the document had changed until then. */
  readonly changes: number;
}

export interface AnsweringPlan {
  readonly ports: CompletionPorts;
  readonly answers: RememberedAnswers;
  readonly state: StateHolder;
  readonly endings: Endings;
  readonly backOff: BackOff;
  readonly preparations: Preparations;
  readonly requests: Requests;
  readonly screen: OnScreen;
  readonly successors: Successors;
  /** Counts how often all that was known became void. */
  readonly generation: () => number;
  /** How often this document has changed. */
  readonly changesOf: (uri: string) => number;
  readonly onShown: (uri: string, offset: number) => void;
}

/** How one call of the editor comes to its answer, from what is at hand or from a model. */
export class Answering {
  readonly #plan: AnsweringPlan;

  constructor(plan: AnsweringPlan) {
    this.#plan = plan;
  }

  /** What can be said of this place at once. */
  atHand(place: Place): AnswerAtHand | undefined {
    return answerAtHand(this.#plan.answers, this.#wanted(place.document), place);
  }

  /** Is something remembered for this place? */
  isAtHand(document: CompletionDocument, view: View): boolean {
    return this.#plan.answers.find(this.#wanted(document), view) !== undefined;
  }

  /** Ends the call with this answer. `text`: around the cursor, where the call has kept it. */
  show(place: Place, answer: AnswerAtHand, text?: TextSource): Answer {
    const { document, query } = place;
    const { suggestion, source } = answer;
    if (suggestion && source) {
      place.call.enter('show');
      const { uri, languageId } = document;
      const { offset } = query;
      this.#plan.onShown(uri, offset);
      const before = lastLineOf(place.view.before);
      this.#plan.screen.show({ suggestion, uri, languageId, offset, before, source, latencyMs: place.call.elapsedMs });
      if (!query.selected && !suggestion.followedBy)
        this.#plan.successors.prepareAfter(suggestion, { document, offset }, text);
    }
    return this.#end(place, answer);
  }

  /** When nothing was at hand: from the request in `flight`, or by asking a model after `delayMs`. Never throws. */
  async answered(
    place: Place,
    text: TextSource,
    flight: Flight | undefined,
    delayMs: number,
    signal: AbortSignal,
  ): Promise<Answer> {
    try {
      if (flight) {
        const answer = await this.#await(flight, place, text, 'in-flight', signal);
        if (answer !== 'overtaken') return answer;
      }
      return await this.#ask(place, text, delayMs, signal);
    } catch (error) {
      // A fault in a port must neither reach the editor nor pass in silence.
      const reason = messageOf(error);
      this.#plan.state.set('error', { lastError: reason });
      return this.#end(place, { outcome: 'failed', reason });
    }
  }

  async #ask(place: Place, text: TextSource, delayMs: number, signal: AbortSignal): Promise<Answer> {
    const { document, query, call, view } = place;
    call.enter('delay');
    const wait = query.trigger === 'automatic' ? this.#plan.backOff.reason(this.#plan.ports.clock.now()) : undefined;
    if (wait !== undefined) return this.#plan.endings.nothing(call, wait);
    if (delayMs > 0) await this.#plan.ports.clock.sleep(delayMs, signal);
    if (signal.aborted || this.#isStale(place)) return this.#plan.endings.cancelled(call);

    const spot = { document, text, offset: query.offset, view };
    const generation = this.#plan.generation();
    const preparation = await this.#plan.preparations.prepare(spot, (stage) => call.enter(stage), signal);
    // What was gathered may hold a file that is hidden by now; the place is still worth asking for.
    if (generation !== this.#plan.generation() && !signal.aborted) return this.#ask(place, text, 0, signal);
    if (signal.aborted || this.#isStale(place) || preparation.kind === 'cancelled')
      return this.#plan.endings.cancelled(call);
    if (preparation.kind === 'nothing') return this.#plan.endings.nothing(call, preparation.reason);
    if (preparation.kind === 'unable') {
      const { reason, model } = preparation;
      this.#plan.state.set('error', { ...(model !== undefined && { model }), lastError: reason });
      return this.#end(place, { outcome: 'failed', reason });
    }

    // Another call, at this place or a little before it, may have asked while this one was prepared.
    const hit = this.atHand(place);
    if (hit?.suggestion) return this.show(place, hit, text);
    const other = this.#plan.requests.agreeing(document.uri, view);
    const its = other ? await this.#await(other, place, text, 'in-flight', signal) : 'overtaken';
    if (its !== 'overtaken') return its;
    if (signal.aborted || this.#isStale(place)) return this.#plan.endings.cancelled(call);
    if (generation !== this.#plan.generation()) return this.#ask(place, text, 0, signal);

    call.enter('stream');
    const flight = this.#plan.requests.launch(preparation.prepared, this.#plan.ports.preferences(document).streaming);
    const answer = await this.#await(flight, place, text, 'network', signal);
    if (answer !== 'overtaken') return answer;
    return generation === this.#plan.generation()
      ? this.#plan.endings.cancelled(call, flight)
      : this.#ask(place, text, 0, signal);
  }

  /** Waits for a request of this or an earlier call. `overtaken`: it was aborted, the place is still worth asking for. */
  async #await(
    flight: Flight,
    place: Place,
    text: TextSource,
    source: Source,
    signal: AbortSignal,
  ): Promise<Answer | 'overtaken'> {
    const { call } = place;
    if (source === 'in-flight') call.enter('stream');
    for (let seen = 0; ; seen = flight.parts) {
      const landing = await flight.next(seen, signal);
      // A key was pressed meanwhile: the editor has no use for the answer and will ask for the new place.
      if (landing === undefined || (hasText(landing) && this.#isStale(place)))
        return this.#plan.endings.cancelled(call, flight);
      if (landing === 'part') {
        const hit = this.atHand(place);
        if (!hit?.suggestion) continue;
        flight.hold();
        return this.show(place, { ...hit, source, request: flight.record });
      }
      switch (landing.kind) {
        case 'aborted':
          return landing.again ? 'overtaken' : this.#plan.endings.cancelled(call, flight);
        case 'failed': {
          const reason = this.#plan.ports.wordError(landing.error, flight.plan.model);
          return this.#end(place, { outcome: 'failed', reason, request: flight.record });
        }
        case 'finished': {
          call.enter('postprocess');
          const { finished } = landing;
          if (finished.kind === 'nothing' && flight.plan.view.offset === place.view.offset)
            return this.#end(place, { outcome: 'nothing', reason: finished.reason, request: flight.record });
          const hit = this.atHand(place);
          // None: what was typed meanwhile goes beyond the answer.
          if (!hit) return 'overtaken';
          return this.show(place, { ...hit, ...(hit.suggestion && { source }), request: flight.record }, text);
        }
      }
    }
  }

  #isStale({ document, changes }: Place): boolean {
    return this.#plan.changesOf(document.uri) !== changes;
  }

  #wanted({ uri, languageId }: CompletionDocument): Wanted {
    return {
      uri,
      model: this.#plan.preparations.modelFor(languageId)?.ref,
      contextVersion: this.#plan.preparations.contextVersionFor(uri),
      shownId: this.#plan.screen.suggestionId,
    };
  }

  #end({ call }: Place, { suggestion, heldBack, ...end }: AnswerAtHand): Answer {
    if (suggestion) this.#plan.endings.shown(call, end, suggestion.model);
    else this.#plan.endings.empty(call, end);
    return suggestion ?? heldBack;
  }
}

const hasText = (landing: Landing | 'part'): boolean => landing === 'part' || landing.kind === 'finished';
