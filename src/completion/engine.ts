import * as l10n from '@vscode/l10n';
import { type Answer, Answering, type Place } from './answering.ts';
import { BackOff } from './back-off.ts';
import { Call } from './call.ts';
import { Dismissals } from './dismissals.ts';
import type { CompletionDocument, CompletionQuery, DocumentChange } from './document.ts';
import { Eager } from './eager.ts';
import { Endings } from './endings.ts';
import { type EngineState, StateHolder } from './engine-state.ts';
import { KeyWatch } from './key-watch.ts';
import { Latencies } from './latency.ts';
import type { Observation } from './observation.ts';
import { OnScreen } from './on-screen.ts';
import type { CompletionPorts, CompletionPreferences } from './ports.ts';
import { Preparations } from './preparation.ts';
import type { CompletionRecord } from './record.ts';
import { RememberedAnswers } from './remembered.ts';
import { Requests } from './requests.ts';
import { Rhythm } from './rhythm.ts';
import { snapshot } from './snapshot.ts';
import { Successors } from './successors.ts';
import { delayFor, refusal } from './trigger.ts';
import { viewAt } from './view.ts';

const wentAway = (): string => l10n.t('The cursor went away from the suggestion.');
/** A cursor that goes further than this is somewhere else. */
const jumpCharacters = 500;

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
  readonly #answering: Answering;
  readonly #eager: Eager;
  readonly #moreListeners = new Set<(uri: string) => void>();
  /** Counts how often all that was known became void. */
  #generation = 0;
  readonly #keys = new KeyWatch();
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
    const parts = { ports: this.#ports, preparations: this.#preparations, requests: this.#requests };
    const around = { screen: this.#screen, backOff: this.#backOff, generation: () => this.#generation };
    this.#answering = new Answering({
      ...parts,
      ...around,
      ...{ answers: this.#answers, state: this.#state, endings: this.#endings },
      successors: new Successors({ ...parts, ...around }),
      changesOf: (uri) => this.#keys.changesOf(uri),
      onShown: (uri, offset) => {
        this.#lastPlace = { uri, offset };
      },
    });
    this.#eager = new Eager({
      ...parts,
      versionOf: (uri) => `${this.#generation} ${this.#keys.changesOf(uri)}`,
      isAtHand: (document, view) => this.#answering.isAtHand(document, view),
    });
  }

  /** A suggestion for the cursor: at once where one is at hand, else when a model has given one. */
  provide(document: CompletionDocument, query: CompletionQuery, signal: AbortSignal): Answer | Promise<Answer> {
    const { clock } = this.#ports;
    const call = new Call(clock.now, document, query);
    const preferences = this.#ports.preferences(document);
    const refused = this.#refusal(document, query, preferences);
    if (refused) {
      this.#state.set(refused.off ? 'off' : 'idle');
      return this.#endings.nothing(call, refused.reason);
    }

    call.enter('at-hand');
    if (this.#lastPlace?.uri !== document.uri) this.#lastPlace = { uri: document.uri, offset: query.offset };
    const changes = this.#keys.changesOf(document.uri);
    this.#keys.asked(document.uri);
    const place: Place = { document, query, call, view: viewAt(document, query.offset), changes };
    const flight = this.#requests.agreeing(document.uri, place.view);
    const atHand = this.#answering.atHand(place);
    // A request whose beginning is used up may yet bring more.
    if (atHand && (atHand.suggestion || !flight)) return this.#answering.show(place, atHand);

    const delayMs = this.#delayMs(document, query, preferences);
    return this.#answering.answered(place, snapshot(document, query.offset), flight, delayMs, signal);
  }

  /** To be told when a key has put the cursor to where `query` would ask: a model that costs nothing is asked at once. */
  typed(document: CompletionDocument, query: CompletionQuery): void {
    if (!this.#keys.takeKey(document.uri) || this.#screen.suggestionId !== undefined) return;
    const preferences = this.#ports.preferences(document);
    if (this.#refusal(document, query, preferences) || this.#delayMs(document, query, preferences) > 0) return;
    if (this.#backOff.reason(this.#ports.clock.now()) === undefined) this.#eager.ask(document, query.offset);
  }

  /** To be told at every change, so that a request the typing contradicts ends at once. */
  documentChanged(uri: string, changes: readonly DocumentChange[]): void {
    if (changes.length === 0) return;
    const cursor = uri === this.#lastPlace?.uri ? this.#lastPlace.offset : undefined;
    this.#keys.changed(uri, changes, cursor);
    if (cursor !== undefined) this.#rhythm.key(this.#ports.clock.now());
    this.#screen.changed(uri, changes);
    this.#requests.changed(uri, changes);
  }

  /** To be told when the cursor moves, by typing or without, and when another document gets it. */
  cursorMoved(uri: string, offset: number): void {
    const last = this.#lastPlace;
    this.#lastPlace = { uri, offset };
    const isHere = this.#screen.cursorAt(uri, offset);
    if (last && (last.uri !== uri || !isHere)) this.#requests.abort(wentAway(), last.uri);
    else this.#requests.cursorAt(uri, offset, wentAway());
    if (last?.uri === uri && Math.abs(last.offset - offset) > jumpCharacters) this.#ports.related?.moved(uri);
  }

  documentClosed(uri: string): void {
    this.#screen.closed(uri);
    this.#requests.forget(uri);
    this.#answers.forget(uri);
    this.#preparations.forget(uri);
    this.#keys.forget(uri);
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
    if (uri !== undefined) this.#requests.abort(l10n.t('The suggestion was sent away.'), uri);
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
    this.#requests.abort(l10n.t('The settings changed.'), undefined, true);
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

  #refusal(
    document: CompletionDocument,
    query: CompletionQuery,
    preferences: CompletionPreferences,
  ): ReturnType<typeof refusal> {
    const pausedBecause = this.#dismissals.reason(this.#ports.clock.now());
    const now = Date.now();
    return refusal(document, query, { preferences, snoozedUntil: this.#snoozedUntil, now, pausedBecause });
  }

  #delayMs(
    { uri, languageId }: CompletionDocument,
    query: CompletionQuery,
    preferences: CompletionPreferences,
  ): number {
    const model = this.#preparations.modelFor(languageId);
    const latencyMs = model && this.#latencies.latencyOf(model.ref);
    const sinceLastMs = this.#requests.sinceLast(uri);
    return delayFor(query, preferences, model, { rhythm: this.#rhythm, latencyMs, sinceLastMs });
  }
}
