import type { TextSource } from '../context/current-file.ts';
import { messageOf } from '../util/message-of.ts';
import { type AnswerAtHand, answerAtHand } from './at-hand.ts';
import { BackOff } from './back-off.ts';
import { Call } from './call.ts';
import { Dismissals } from './dismissals.ts';
import type { CompletionDocument, CompletionQuery, DocumentChange, Suggestion } from './document.ts';
import { Endings } from './endings.ts';
import { type EngineState, StateHolder } from './engine-state.ts';
import type { Flight, Landing } from './flight.ts';
import { Latencies } from './latency.ts';
import type { Observation } from './observation.ts';
import { OnScreen } from './on-screen.ts';
import type { CompletionPorts } from './ports.ts';
import { Preparations } from './preparation.ts';
import type { CompletionRecord, Source } from './record.ts';
import { RememberedAnswers } from './remembered.ts';
import { Requests } from './requests.ts';
import { Rhythm } from './rhythm.ts';
import { snapshot } from './snapshot.ts';
import { Successors } from './successors.ts';
import { delayFor, refusal } from './trigger.ts';
import { lastLineOf } from './typed-at.ts';
import { type View, viewAt } from './view.ts';

type Answer = Suggestion | undefined;

const wentAway = 'The cursor went away from the suggestion.';
/** A cursor that goes further than this is somewhere else. */
const jumpCharacters = 500;

/** A call with all it knows of its place. */
interface Place {
  readonly document: CompletionDocument;
  readonly query: CompletionQuery;
  readonly view: View;
  readonly call: Call;
  /** How often the document had changed until then. */
  readonly changes: number;
}

/**
 * Inline completion as a pipeline:
 * trigger → at hand → (in flight) → delay → ignore → model → context → template → stream → postprocess → show → (ahead).
 * Every call ends as a record that names the stage and the reason.
 */
export class CompletionEngine {
  readonly #ports: CompletionPorts;
  readonly #answers = new RememberedAnswers();
  readonly #state = new StateHolder();
  readonly #endings = new Endings(this.#state, () => ++this.#ids);
  readonly #backOff = new BackOff();
  readonly #dismissals = new Dismissals();
  readonly #rhythm = new Rhythm();
  readonly #latencies = new Latencies();
  readonly #preparations: Preparations;
  readonly #requests: Requests;
  readonly #screen: OnScreen;
  readonly #successors: Successors;
  readonly #moreListeners = new Set<(uri: string) => void>();
  /** Counts how often all that was known became void. */
  #generation = 0;
  /** How often each document has changed. */
  readonly #changes = new Map<string, number>();
  #snoozedUntil = 0;
  #lastPlace: { readonly uri: string; readonly offset: number } | undefined;
  #ids = 0;

  constructor(ports: CompletionPorts) {
    const observe = (observation: Observation): void => {
      this.#latencies.observe(observation);
      this.#preparations.observe(observation);
      if (observation.kind === 'accepted' || observation.kind === 'typed-through') this.#dismissals.welcome();
      ports.observe?.(observation);
    };
    this.#ports = { ...ports, observe };
    this.#preparations = new Preparations(this.#ports);
    this.#screen = new OnScreen(observe);
    this.#requests = new Requests({
      ports: this.#ports,
      answers: this.#answers,
      state: this.#state,
      backOff: this.#backOff,
      newId: () => ++this.#ids,
      onMore: (uri, suggestionId) => {
        if (this.#screen.suggestionId !== suggestionId) return;
        for (const listener of this.#moreListeners) listener(uri);
      },
    });
    this.#successors = new Successors({
      ...{ ports: this.#ports, preparations: this.#preparations, requests: this.#requests },
      ...{ screen: this.#screen, backOff: this.#backOff, generation: () => this.#generation },
    });
  }

  /** A suggestion for the cursor: at once where one is at hand, else when a model has given one. */
  provide(document: CompletionDocument, query: CompletionQuery, signal: AbortSignal): Answer | Promise<Answer> {
    const { clock } = this.#ports;
    const call = new Call(clock.now, document, query);
    const preferences = this.#ports.preferences(document);
    const refused = refusal(document, query, {
      preferences,
      snoozedUntil: this.#snoozedUntil,
      now: Date.now(),
      pausedBecause: this.#dismissals.reason(clock.now()),
    });
    if (refused) {
      this.#state.set(refused.off ? 'off' : 'idle');
      return this.#endings.nothing(call, refused.reason);
    }

    call.enter('at-hand');
    if (this.#lastPlace?.uri !== document.uri) this.#lastPlace = { uri: document.uri, offset: query.offset };
    const changes = this.#changes.get(document.uri) ?? 0;
    const place: Place = { document, query, call, view: viewAt(document, query.offset), changes };
    const flight = this.#requests.agreeing(document.uri, place.view);
    const atHand = this.#atHand(place);
    // A request whose beginning is used up may yet bring more.
    if (atHand && (atHand.suggestion || !flight)) return this.#show(place, atHand);

    const model = this.#preparations.modelFor(document.languageId);
    const latencyMs = model && this.#latencies.latencyOf(model.ref);
    const sinceLastMs = this.#requests.sinceLast(document.uri);
    const delayMs = delayFor(query, preferences, model, { rhythm: this.#rhythm, latencyMs, sinceLastMs });
    return this.#answered(place, snapshot(document, query.offset), flight, delayMs, signal);
  }

  /** To be told at every change, so that a request the typing contradicts ends at once. */
  documentChanged(uri: string, changes: readonly DocumentChange[]): void {
    if (changes.length === 0) return;
    this.#changes.set(uri, (this.#changes.get(uri) ?? 0) + 1);
    if (uri === this.#lastPlace?.uri) this.#rhythm.key(this.#ports.clock.now());
    this.#screen.changed(uri, changes);
    this.#requests.changed(uri, changes);
  }

  /** To be told when the cursor moves, by typing or without, and when another document gets it. */
  cursorMoved(uri: string, offset: number): void {
    const last = this.#lastPlace;
    this.#lastPlace = { uri, offset };
    const isHere = this.#screen.cursorAt(uri, offset);
    if (last && (last.uri !== uri || !isHere)) this.#requests.abort(wentAway, last.uri);
    else this.#requests.cursorAt(uri, offset, wentAway);
    if (last?.uri === uri && Math.abs(last.offset - offset) > jumpCharacters) this.#ports.related?.moved(uri);
  }

  documentClosed(uri: string): void {
    this.#screen.closed(uri);
    this.#requests.forget(uri);
    this.#answers.forget(uri);
    this.#preparations.forget(uri);
    this.#changes.delete(uri);
    if (this.#lastPlace?.uri === uri) this.#lastPlace = undefined;
  }

  /** The user took the suggestion with this id. */
  accepted(suggestionId: number): void {
    this.#endings.accepted(suggestionId);
    const uri = this.#screen.accepted(suggestionId);
    if (uri !== undefined) this.#ports.related?.moved(uri);
  }

  /** The user sent the suggestion away. */
  dismissed(): void {
    const { uri } = this.#lastPlace ?? {};
    if (uri !== undefined) this.#requests.abort('The suggestion was sent away.', uri);
    if (this.#screen.escaped()) this.#dismissals.escaped(this.#ports.clock.now());
  }

  /** No automatic suggestions until then (milliseconds since 1970); 0 ends it. */
  snooze(until: number): void {
    this.#snoozedUntil = until;
    this.#state.set(until > Date.now() ? 'off' : 'idle');
  }

  get snoozedUntil(): number {
    return this.#snoozedUntil;
  }

  /** To be told when the model, the ignore rules or the settings are others: nothing remembered counts any more. */
  forget(): void {
    this.#generation += 1;
    this.#requests.abort('The settings changed.', undefined, true);
    this.#answers.forget();
    this.#preparations.forget();
    this.#backOff.succeeded();
    this.#state.forgetError();
  }

  get state(): EngineState {
    return this.#state.state;
  }

  onDidChangeState(listener: (state: EngineState) => void): { dispose(): void } {
    return this.#state.onDidChange(listener);
  }

  /** More of the suggestion on the screen has come: the editor should ask again. */
  onDidGetMore(listener: (uri: string) => void): { dispose(): void } {
    this.#moreListeners.add(listener);
    return { dispose: () => void this.#moreListeners.delete(listener) };
  }

  /** The last calls, oldest first. */
  get records(): readonly CompletionRecord[] {
    return this.#endings.records;
  }

  /** Why there was or was not a suggestion, as one sentence; for one document, or for the last call anywhere. */
  explain(uri?: string): string {
    return this.#endings.explain(uri);
  }

  /** What each model lately took, for who keeps it over sessions. */
  get latencies(): Latencies {
    return this.#latencies;
  }

  async #answered(
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
      this.#state.set('error', { lastError: reason });
      return this.#end(place, { outcome: 'failed', reason });
    }
  }

  async #ask(place: Place, text: TextSource, delayMs: number, signal: AbortSignal): Promise<Answer> {
    const { document, query, call, view } = place;
    call.enter('delay');
    const wait = query.trigger === 'automatic' ? this.#backOff.reason(this.#ports.clock.now()) : undefined;
    if (wait !== undefined) return this.#endings.nothing(call, wait);
    if (delayMs > 0) await this.#ports.clock.sleep(delayMs, signal);
    if (signal.aborted || this.#isStale(place)) return this.#endings.cancelled(call);

    const spot = { document, text, offset: query.offset, view };
    const generation = this.#generation;
    const preparation = await this.#preparations.prepare(spot, (stage) => call.enter(stage), signal);
    // What was gathered may hold a file that is hidden by now; the place is still worth asking for.
    if (generation !== this.#generation && !signal.aborted) return this.#ask(place, text, 0, signal);
    if (signal.aborted || this.#isStale(place) || preparation.kind === 'cancelled')
      return this.#endings.cancelled(call);
    if (preparation.kind === 'nothing') return this.#endings.nothing(call, preparation.reason);
    if (preparation.kind === 'unable') {
      const { reason, model } = preparation;
      this.#state.set('error', { ...(model !== undefined && { model }), lastError: reason });
      return this.#end(place, { outcome: 'failed', reason });
    }

    // Another call, at this place or a little before it, may have asked while this one was prepared.
    const hit = this.#atHand(place);
    if (hit?.suggestion) return this.#show(place, hit, text);
    const other = this.#requests.agreeing(document.uri, view);
    const its = other ? await this.#await(other, place, text, 'in-flight', signal) : 'overtaken';
    if (its !== 'overtaken') return its;
    if (signal.aborted || this.#isStale(place)) return this.#endings.cancelled(call);
    if (generation !== this.#generation) return this.#ask(place, text, 0, signal);

    call.enter('stream');
    const flight = this.#requests.launch(preparation.prepared, this.#ports.preferences(document).streaming);
    const answer = await this.#await(flight, place, text, 'network', signal);
    if (answer !== 'overtaken') return answer;
    return generation === this.#generation ? this.#endings.cancelled(call, flight) : this.#ask(place, text, 0, signal);
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
        return this.#endings.cancelled(call, flight);
      if (landing === 'part') {
        const hit = this.#atHand(place);
        if (!hit?.suggestion) continue;
        flight.hold();
        return this.#show(place, { ...hit, source, request: flight.record });
      }
      switch (landing.kind) {
        case 'aborted':
          return landing.again ? 'overtaken' : this.#endings.cancelled(call, flight);
        case 'failed': {
          const reason = this.#ports.wordError(landing.error, flight.plan.model);
          return this.#end(place, { outcome: 'failed', reason, request: flight.record });
        }
        case 'finished': {
          call.enter('postprocess');
          const { finished } = landing;
          if (finished.kind === 'nothing' && flight.plan.view.offset === place.view.offset)
            return this.#end(place, { outcome: 'nothing', reason: finished.reason, request: flight.record });
          const hit = this.#atHand(place);
          // None: what was typed meanwhile goes beyond the answer.
          if (!hit) return 'overtaken';
          return this.#show(place, { ...hit, ...(hit.suggestion && { source }), request: flight.record }, text);
        }
      }
    }
  }

  #isStale({ document, changes }: Place): boolean {
    return (this.#changes.get(document.uri) ?? 0) !== changes;
  }

  #atHand(place: Place): AnswerAtHand | undefined {
    const { uri, languageId } = place.document;
    const wanted = {
      uri,
      model: this.#preparations.modelFor(languageId)?.ref,
      contextVersion: this.#preparations.contextVersionFor(uri),
      shownId: this.#screen.suggestionId,
    };
    return answerAtHand(this.#answers, wanted, place);
  }

  /** `text`: around the cursor, where the call has kept it. */
  #show(place: Place, answer: AnswerAtHand, text?: TextSource): Answer {
    const { document, query } = place;
    const { suggestion, source } = answer;
    if (suggestion && source) {
      place.call.enter('show');
      const { uri, languageId } = document;
      const { offset } = query;
      this.#lastPlace = { uri, offset };
      const before = lastLineOf(place.view.before);
      this.#screen.show({ suggestion, uri, languageId, offset, before, source, latencyMs: place.call.elapsedMs });
      if (!query.selected && !suggestion.followedBy)
        this.#successors.prepareAfter(suggestion, { document, offset }, text);
    }
    return this.#end(place, answer);
  }

  #end({ call }: Place, { suggestion, heldBack, ...end }: AnswerAtHand): Answer {
    if (suggestion) this.#endings.shown(call, end, suggestion.model);
    else this.#endings.empty(call, end);
    return suggestion ?? heldBack;
  }
}

const hasText = (landing: Landing | 'part'): boolean => landing === 'part' || landing.kind === 'finished';
