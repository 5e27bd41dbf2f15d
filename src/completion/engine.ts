import type { TextSource } from '../context/current-file.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import { messageOf } from '../util/message-of.ts';
import type { Asked, Hole } from './asked.ts';
import { type AnswerAtHand, answerAtHand } from './at-hand.ts';
import { BackOff } from './back-off.ts';
import { Call } from './call.ts';
import type { CompletionDocument, CompletionQuery, DocumentChange, Suggestion } from './document.ts';
import { type EngineState, StateHolder } from './engine-state.ts';
import { Flight, type Landing } from './flight.ts';
import { holeAt, situationIn } from './hole-at.ts';
import type { CompletionPorts } from './ports.ts';
import type { CompletionRecord, Source } from './record.ts';
import { RecordLog } from './record-log.ts';
import { RememberedAnswers } from './remembered.ts';
import { snapshot } from './snapshot.ts';
import { askFor } from './template.ts';
import { delayFor, refusal } from './trigger.ts';
import { type View, viewAt } from './view.ts';

type Answer = Suggestion | undefined;

/** A model that let a call wait this long without a word is the reason why there was nothing, not the next key. */
const silenceMs = 1000;

/** A call with all it knows of its place. */
interface Place {
  readonly document: CompletionDocument;
  readonly query: CompletionQuery;
  readonly view: View;
  readonly call: Call;
}

/**
 * Inline completion as a pipeline:
 * trigger → at hand → (in flight) → delay → ignore → model → context → template → stream → postprocess → show.
 * Every call ends as a record that names the stage and the reason.
 */
export class CompletionEngine {
  readonly #ports: CompletionPorts;
  readonly #log = new RecordLog();
  readonly #answers = new RememberedAnswers();
  /** By document; at most one each. */
  readonly #flights = new Map<string, Flight>();
  /** The model last asked, by language. */
  readonly #models = new Map<string, Model>();
  readonly #state = new StateHolder();
  readonly #backOff = new BackOff();
  #snoozedUntil = 0;
  #shownId = 0;
  #ids = 0;

  constructor(ports: CompletionPorts) {
    this.#ports = ports;
  }

  /** A suggestion for the cursor: at once where one is at hand, else when a model has given one. */
  provide(document: CompletionDocument, query: CompletionQuery, signal: AbortSignal): Answer | Promise<Answer> {
    const call = new Call(this.#ports.clock.now, document, query);
    const preferences = this.#ports.preferences(document);
    const refused = refusal(document, query, { preferences, snoozedUntil: this.#snoozedUntil, now: Date.now() });
    if (refused) {
      this.#state.set(refused.off ? 'off' : 'idle');
      return this.#nothing(call, refused.reason);
    }

    call.enter('at-hand');
    const place: Place = { document, query, call, view: viewAt(document, query.offset) };
    const atHand = this.#atHand(place);
    if (atHand) {
      const flight = this.#flights.get(document.uri);
      if (flight?.agreesWith(place.view) === false) flight.abort('The text went another way.');
      return this.#end(call, atHand);
    }
    const delayMs = delayFor(query, preferences, this.#models.get(document.languageId));
    return this.#answered(place, snapshot(document, query.offset), delayMs, signal);
  }

  /** To be told at every change, so that a request the typing contradicts ends at once. */
  documentChanged(uri: string, changes: readonly DocumentChange[]): void {
    const flight = this.#flights.get(uri);
    if (flight && changes.length > 0 && !flight.changed(changes)) flight.abort('The text went another way.');
  }

  documentClosed(uri: string): void {
    this.#flights.get(uri)?.abort('The document was closed.');
    this.#answers.forget(uri);
  }

  /** The user took the suggestion with this id. */
  accepted(suggestionId: number): void {
    this.#log.accepted(suggestionId);
  }

  /** No automatic suggestions until then (milliseconds since 1970); 0 ends it. */
  snooze(until: number): void {
    this.#snoozedUntil = until;
    this.#state.set(until > Date.now() ? 'off' : 'idle');
  }

  /** To be told when the model, the ignore rules or the settings are others: nothing remembered counts any more. */
  forget(): void {
    for (const flight of this.#flights.values()) flight.abort('The settings changed.');
    this.#answers.forget();
    this.#models.clear();
    this.#backOff.succeeded();
    this.#state.forgetError();
  }

  get state(): EngineState {
    return this.#state.state;
  }

  onDidChangeState(listener: (state: EngineState) => void): { dispose(): void } {
    return this.#state.onDidChange(listener);
  }

  /** The last calls, oldest first. */
  get records(): readonly CompletionRecord[] {
    return this.#log.all;
  }

  /** Why there was or was not a suggestion, as one sentence. */
  explain(): string {
    return this.#log.lastAnswer?.reason ?? 'No suggestion was asked for yet.';
  }

  async #answered(place: Place, text: TextSource, delayMs: number, signal: AbortSignal): Promise<Answer> {
    try {
      return await this.#ask(place, text, delayMs, signal);
    } catch (error) {
      // A fault in a port must neither reach the editor nor pass in silence.
      const reason = messageOf(error);
      this.#state.set('error', { lastError: reason });
      return this.#end(place.call, { outcome: 'failed', reason });
    }
  }

  async #ask(place: Place, text: TextSource, delayMs: number, signal: AbortSignal): Promise<Answer> {
    const { document, query, call } = place;
    const shared = this.#flights.get(document.uri);
    if (shared?.agreesWith(place.view)) {
      const answer = await this.#await(shared, place, 'in-flight', signal);
      if (answer !== 'overtaken') return answer;
    } else shared?.abort('The text went another way.');

    call.enter('delay');
    const wait = query.trigger === 'automatic' ? this.#backOff.reason(this.#ports.clock.now()) : undefined;
    if (wait !== undefined) return this.#nothing(call, wait);
    if (delayMs > 0) await this.#ports.clock.sleep(delayMs, signal);
    if (signal.aborted) return this.#cancelled(call);

    call.enter('ignore');
    const hidden = await this.#ports.hiddenBecause(document);
    if (hidden !== undefined) return this.#nothing(call, hidden);

    call.enter('model');
    const resolved = await this.#ports.models.resolve(document.languageId);
    if ('unavailable' in resolved) {
      this.#state.set('error', { lastError: resolved.unavailable });
      return this.#end(call, { outcome: 'failed', reason: resolved.unavailable });
    }
    const { model } = resolved;
    this.#models.set(document.languageId, model);
    if (signal.aborted) return this.#cancelled(call);

    call.enter('context');
    const { maxLines } = this.#ports.preferences(document);
    const hole = holeAt(document, text, query.offset, model, maxLines);

    call.enter('template');
    const asked = askFor(model, hole);
    if ('unsupported' in asked) {
      this.#state.set('error', { model: model.ref, lastError: asked.unsupported });
      return this.#end(call, { outcome: 'failed', reason: asked.unsupported });
    }

    const flight = this.#launch(place, model, hole, asked);
    const answer = await this.#await(flight, place, 'network', signal);
    return answer === 'overtaken' ? this.#cancelled(call, flight) : answer;
  }

  #launch({ document, view, call }: Place, model: Model, hole: Hole, asked: Asked): Flight {
    call.enter('stream');
    this.#flights.get(document.uri)?.abort('Another request took its place.');
    const { models, clock } = this.#ports;
    const situation = situationIn(document, hole, asked);
    const flight = new Flight({ models, clock, model, asked, situation, view });
    this.#flights.set(document.uri, flight);
    this.#state.set('waiting', { model: model.ref });
    void flight.landing.then((landing) => this.#landed(document.uri, flight, landing));
    return flight;
  }

  /** Keeps what a request brought, also when nobody waits for it any more. */
  #landed(uri: string, flight: Flight, landing: Landing): void {
    if (this.#flights.get(uri) === flight) this.#flights.delete(uri);
    switch (landing.kind) {
      case 'aborted':
        if (this.#flights.size === 0 && this.#state.state.state === 'waiting') this.#state.set('idle');
        return;
      case 'failed':
        this.#failed(flight, landing.error);
        return;
      case 'finished': {
        const { finished } = landing;
        const shown = finished.kind === 'text';
        this.#answers.add(flight.view, {
          id: ++this.#ids,
          uri,
          model: flight.model.ref,
          text: shown ? finished.text : '',
          replaceAfter: shown ? finished.replaceAfter : 0,
          reason: shown ? '' : finished.reason,
        });
        this.#backOff.succeeded();
        this.#state.succeed('idle', flight.model.ref, flight.record.totalMs ?? 0);
      }
    }
  }

  /** Waits for a request of this or an earlier call. `overtaken`: it was aborted, the place is still worth asking for. */
  async #await(flight: Flight, place: Place, source: Source, signal: AbortSignal): Promise<Answer | 'overtaken'> {
    const { call } = place;
    if (source === 'in-flight') call.enter('stream');
    const landing = await flight.wait(signal);
    if (landing === undefined) return this.#cancelled(call, flight);
    switch (landing.kind) {
      case 'aborted':
        return 'overtaken';
      case 'failed':
        return this.#end(call, {
          outcome: 'failed',
          reason: this.#ports.wordError(landing.error, flight.model),
          request: flight.record,
        });
      case 'finished': {
        call.enter('postprocess');
        const { finished } = landing;
        if (finished.kind === 'nothing' && flight.view.offset === place.view.offset)
          return this.#end(call, { outcome: 'nothing', reason: finished.reason, request: flight.record });
        const hit = this.#atHand(place);
        // None: what was typed meanwhile goes beyond the answer.
        if (!hit) return 'overtaken';
        return this.#end(call, { ...hit, ...(hit.suggestion && { source }), request: flight.record });
      }
    }
  }

  #atHand(place: Place): AnswerAtHand | undefined {
    const model = this.#models.get(place.document.languageId)?.ref;
    return answerAtHand(this.#answers, model, this.#shownId, place);
  }

  #end(call: Call, { suggestion, ...end }: AnswerAtHand): Answer {
    if (suggestion) {
      call.enter('show');
      this.#shownId = suggestion.id;
      this.#state.set('shown', { model: suggestion.model });
    } else if (this.#state.state.state === 'shown') this.#state.set('idle');
    this.#log.add(call.end(++this.#ids, end));
    return suggestion;
  }

  #failed({ model }: Flight, error: LlmError): void {
    const lastError = this.#ports.wordError(error, model);
    this.#backOff.failed(this.#ports.clock.now(), lastError, error);
    this.#state.set('error', { model: model.ref, lastError });
  }

  #nothing(call: Call, reason: string): undefined {
    this.#log.add(call.end(++this.#ids, { outcome: 'nothing', reason }));
    return undefined;
  }

  #cancelled(call: Call, flight?: Flight): undefined {
    if (flight && flight.record.received === '' && call.elapsedMs >= silenceMs) {
      const seconds = Math.round(call.elapsedMs / 1000);
      const reason = `${flight.model.ref} had sent nothing after ${seconds} s, when the cursor or the text moved on. Check whether its server is busy, or switch to another model.`;
      this.#log.add(call.end(++this.#ids, { outcome: 'nothing', reason, request: flight.record }));
      return undefined;
    }
    const reason = 'The cursor or the text moved on before there was an answer.';
    this.#log.add(call.end(++this.#ids, { outcome: 'cancelled', reason, ...(flight && { request: flight.record }) }));
    return undefined;
  }
}
