import * as l10n from '@vscode/l10n';
import type { Model } from '../llm/model.ts';
import { Ahead } from './ahead.ts';
import type { Asked, Put } from './asked.ts';
import type { BackOff } from './back-off.ts';
import type { DocumentChange } from './document.ts';
import type { StateHolder } from './engine-state.ts';
import { Flight, type Landing } from './flight.ts';
import type { CompletionPorts } from './ports.ts';
import type { Remembered, RememberedAnswers } from './remembered.ts';
import type { Rest } from './rest.ts';
import type { Situation } from './situation.ts';
import type { View } from './view.ts';

export interface RequestsPlan {
  readonly ports: CompletionPorts;
  readonly answers: RememberedAnswers;
  readonly state: StateHolder;
  readonly backOff: BackOff;
  readonly newId: () => number;
  /** More of a text that is on the screen has come. */
  readonly onMore: (uri: string, suggestionId: number) => void;
}

/** What a request is made of, once all stages before it are done. */
export interface Prepared {
  readonly uri: string;
  readonly languageId: string;
  readonly model: Model;
  readonly asked: Asked;
  readonly situation: Situation;
  /** The same put to another model; undefined = it takes no such request. */
  readonly putTo: (model: Model) => Put | undefined;
  readonly view: View;
  readonly contextVersion: number;
  /** Addresses of the files whose text it holds. */
  readonly files: readonly string[];
}

const wentElsewhere = l10n.t('The text went another way.');

/** The requests on their way, at most one a document, and what they bring. */
export class Requests {
  readonly #plan: RequestsPlan;
  /** By document. */
  readonly #flights = new Map<string, Flight>();
  readonly #ahead = new Map<string, Ahead>();
  /** When a request was last made, by document. */
  readonly #lastAt = new Map<string, number>();

  constructor(plan: RequestsPlan) {
    this.#plan = plan;
  }

  /** The request whose text agrees with what stands at the cursor; one that does not is over. */
  agreeing(uri: string, view: View): Flight | undefined {
    const ahead = this.#ahead.get(uri);
    if (ahead?.isAt(view)) {
      this.#ahead.delete(uri);
      this.#flights.set(uri, ahead.flight);
      ahead.flight.release();
    }
    const flight = this.#flights.get(uri);
    if (!flight || flight.agreesWith(view)) return flight;
    flight.abort(wentElsewhere);
    this.#flights.delete(uri);
    return undefined;
  }

  isBusy(uri: string): boolean {
    return this.#flights.has(uri) || this.#ahead.has(uri);
  }

  /** Is a model at work whose answer may yet be wanted? */
  isAsking(uri: string): boolean {
    return this.#ahead.has(uri) || this.#flights.get(uri)?.isAborted === false;
  }

  launch(prepared: Prepared, streaming: boolean): Flight {
    const { uri } = prepared;
    this.#flights.get(uri)?.abort(l10n.t('Another request took its place.'), false);
    this.#endAhead(uri, l10n.t('Another request took its place.'));
    const flight = this.#fly(prepared, streaming);
    this.#flights.set(uri, flight);
    this.#plan.state.set('waiting', { model: prepared.model.ref });
    return flight;
  }

  /** The completion that follows the suggestion of which `remaining` is still to be typed. */
  prepare(prepared: Prepared, remaining: Rest): void {
    this.#ahead.set(prepared.uri, new Ahead(this.#fly(prepared, false), remaining));
  }

  changed(uri: string, changes: readonly DocumentChange[]): void {
    const flight = this.#flights.get(uri);
    if (flight && !flight.changed(changes)) flight.abort(wentElsewhere);
    const ahead = this.#ahead.get(uri);
    if (ahead && !ahead.changed(changes)) this.#endAhead(uri, wentElsewhere);
  }

  /** What goes on although nobody waits for it ends when the cursor leaves its place. */
  cursorAt(uri: string, offset: number, reason: string): void {
    const flight = this.#flights.get(uri);
    if (flight?.isLeftAt(offset)) flight.abort(reason, false);
    if (this.#ahead.get(uri)?.isLeftAt(offset)) this.#endAhead(uri, reason);
  }

  /** Milliseconds since a request was made for this document; undefined = none was. */
  sinceLast(uri: string): number | undefined {
    const at = this.#lastAt.get(uri);
    return at === undefined ? undefined : this.#plan.ports.clock.now() - at;
  }

  /** The document is gone. */
  forget(uri: string): void {
    this.abort(l10n.t('The document was closed.'), uri);
    this.#lastAt.delete(uri);
  }

  /** Nobody wants what is under way for this document; absent = for any. `again`: who waits for it may ask anew. */
  abort(reason: string, uri?: string, again = false): void {
    for (const each of uri === undefined ? [...this.#flights.keys(), ...this.#ahead.keys()] : [uri]) {
      this.#flights.get(each)?.abort(reason, again);
      this.#endAhead(each, reason);
    }
  }

  #endAhead(uri: string, reason: string): void {
    this.#ahead.get(uri)?.flight.abort(reason);
    this.#ahead.delete(uri);
  }

  #fly(prepared: Prepared, streaming: boolean): Flight {
    const { ports, newId, onMore } = this.#plan;
    const { uri } = prepared;
    const id = newId();
    this.#lastAt.set(uri, ports.clock.now());
    const flight: Flight = new Flight({
      ...prepared,
      id,
      models: ports.models,
      clock: ports.clock,
      ...(streaming && {
        onPart: ({ text, replaceAfter }) => {
          this.#keep(flight, uri, { text, replaceAfter, reason: '' });
          if (flight.parts > 1) onMore(uri, id);
        },
      }),
    });
    void flight.landing.then((landing) => this.#landed(prepared, flight, landing));
    return flight;
  }

  /** Keeps what a request brought, also when nobody waits for it any more. */
  #landed({ uri, languageId }: Prepared, flight: Flight, landing: Landing): void {
    const { state, backOff, ports, onMore } = this.#plan;
    const { model, id } = flight.plan;
    const prepared = this.#ahead.get(uri)?.flight === flight;
    if (prepared) this.#ahead.delete(uri);
    if (this.#flights.get(uri) === flight) this.#flights.delete(uri);
    const { record } = flight;
    ports.observe?.({
      kind: 'requested',
      model: record.model,
      languageId,
      outcome: record.ended ?? 'aborted',
      promptCharacters: record.prompt.length,
      ...(record.firstTextMs !== undefined && { firstTextMs: record.firstTextMs }),
      totalMs: record.totalMs ?? 0,
      ...(record.usage && { usage: record.usage }),
      ...(record.cost !== undefined && { cost: record.cost }),
    });
    switch (landing.kind) {
      case 'aborted':
        if (this.#flights.size === 0 && state.state.state === 'waiting') state.set('idle');
        return;
      case 'failed': {
        const lastError = ports.wordError(landing.error, model);
        // Nothing is broken: the next place may be one that the model may see.
        if (landing.error.code === 'privacy') {
          if (!prepared) state.set('idle');
          return;
        }
        backOff.failed(ports.clock.now(), lastError, landing.error);
        // What nobody asked for fails in silence, once.
        if (!prepared) state.set('error', { model: model.ref, lastError });
        return;
      }
      case 'finished': {
        const { finished } = landing;
        const text = finished.kind === 'text' ? finished : { text: '', replaceAfter: 0 };
        this.#keep(flight, uri, { ...text, reason: finished.kind === 'text' ? '' : finished.reason });
        if (flight.parts > 0) onMore(uri, id);
        backOff.succeeded();
        if (!prepared) state.succeed('idle', record.model, record.totalMs ?? 0);
      }
    }
  }

  #keep(flight: Flight, uri: string, answer: Pick<Remembered, 'text' | 'replaceAfter' | 'reason'>): void {
    const { id, model, view, contextVersion } = flight.plan;
    const { text, replaceAfter, reason } = answer;
    this.#plan.answers.add(view, {
      ...{ id, uri, model: model.ref, contextVersion },
      ...{ text, replaceAfter, reason, request: flight.record },
    });
  }
}
