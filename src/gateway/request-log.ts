import type { Endpoint } from '../llm/endpoint.ts';
import type { Model } from '../llm/model.ts';
import type { Protocol } from '../llm/model-facts.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent } from '../llm/stream-event.ts';
import type { SentRequest, WireHeaders, WireObserver } from '../llm/wire-observer.ts';
import type { Ask } from './ask.ts';
import { blotted, blottedHeaders, blottedUrl, secretsOf } from './blot-secrets.ts';

/** One request to a model, as it was and as far as it has come. */
export interface LoggedRequest {
  readonly id: number;
  /** `Date.now()` of its beginning. */
  readonly at: number;
  readonly ask: Ask;
  readonly model: Model['ref'];
  readonly protocol: Protocol;
  /** 1 for the first time this model was asked; more where it was asked again. */
  readonly attempt: number;
  /** What was handed over to the wire. */
  readonly request: Request;
  /** What left over HTTP; more than one after redirects, none where the model is asked without a network. */
  readonly exchanges: readonly Exchange[];
  readonly firstTokenMs?: number;
  /** Absent while the answer is awaited. */
  readonly totalMs?: number;
  /** Absent also where nobody listened to the end. */
  readonly end?: EndEvent;
  /** What was said until nobody listened any more. */
  readonly said: string;
  /** Any text without the keys of the endpoint that was asked. */
  readonly hide: (text: string) => string;
}

/** One HTTP request and the head of its answer. Milliseconds count from the beginning of the request to the model. */
export interface Exchange {
  /** Keys are blotted out. */
  readonly sent: SentRequest;
  readonly sentMs: number;
  readonly connectedMs?: number;
  /** The connection had served before. */
  readonly kept?: boolean;
  readonly respondedMs?: number;
  readonly status?: number;
  readonly headers?: WireHeaders;
}

export interface LogLimits {
  readonly requests: number;
  /** Of all that was sent and answered. The newest request is kept whole whatever its length. */
  readonly characters: number;
}

const usualLimits: LogLimits = { requests: 200, characters: 16_000_000 };

/** So many of the last requests can be built anew for another model. */
const mostRebuilt = 20;

/** Tells of a request what becomes of it. */
export interface Recording {
  /** The endpoint with someone who watches the wire. */
  readonly endpoint: Endpoint;
  said(text: string): void;
  /** The first of the reply has come. */
  token(): void;
  /** `undefined`: nobody listened to the end. To be called once. */
  ended(end: EndEvent | undefined): void;
}

type Growing = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] } & { exchanges: GrowingExchange[] };
type GrowingExchange = { -readonly [Key in keyof Exchange]: Exchange[Key] };

interface Place {
  readonly entry: Growing;
  characters: number;
}

/** The last requests to models, in memory only; the oldest go first. */
export class RequestLog {
  readonly #limits: LogLimits;
  readonly #kept: Place[] = [];
  readonly #listeners = new Set<() => void>();
  #characters = 0;
  #lastId = 0;

  constructor(limits: LogLimits = usualLimits) {
    this.#limits = limits;
  }

  /** Newest first. */
  get requests(): readonly LoggedRequest[] {
    return this.#kept.map(({ entry }) => entry).toReversed();
  }

  find(id: number): LoggedRequest | undefined {
    return this.#kept.find(({ entry }) => entry.id === id)?.entry;
  }

  /** `listener` hears when a request begins and when it ends; the result ends that. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  begin(ask: Ask, model: Model, protocol: Protocol, request: Request, attempt: number): Recording {
    const start = performance.now();
    const sinceStart = (): number => performance.now() - start;
    const secrets = secretsOf(model.endpoint);
    const entry: Growing = {
      id: ++this.#lastId,
      at: Date.now(),
      ...{ ask, protocol, request, attempt },
      model: model.ref,
      exchanges: [],
      said: '',
      hide: (text) => blotted(text, secrets),
    };
    const place: Place = { entry, characters: 0 };
    const grow = (characters: number): void => this.#grow(place, characters);
    this.#kept.push(place);
    this.#forgetHow(this.#kept.at(-1 - mostRebuilt));
    this.#forgetOld();
    this.#changed();
    return {
      endpoint: { ...model.endpoint, observer: observerOf(entry, secrets, sinceStart, grow) },
      said: (text) => {
        entry.said += text;
      },
      token: () => {
        entry.firstTokenMs ??= sinceStart();
      },
      ended: (end) => {
        entry.totalMs = sinceStart();
        if (end) entry.end = end;
        grow(entry.said.length + (entry.exchanges.length === 0 ? lengthOf(request) : 0));
        this.#changed();
      },
    };
  }

  /** A request that is gone already weighs nothing. */
  #grow(place: Place, characters: number): void {
    if (!this.#kept.includes(place)) return;
    place.characters += characters;
    this.#characters += characters;
    this.#forgetOld();
  }

  /** How a request is built anew for another model holds on to whole documents, so only the last ones keep it. */
  #forgetHow(place: Place | undefined): void {
    if (!place) return;
    const { requestFor: _, ...ask } = place.entry.ask;
    place.entry.ask = ask;
  }

  #forgetOld(): void {
    const { requests, characters } = this.#limits;
    while (this.#kept.length > requests || (this.#characters > characters && this.#kept.length > 1)) {
      this.#characters -= this.#kept.shift()?.characters ?? 0;
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function observerOf(
  { exchanges }: Growing,
  secrets: readonly string[],
  sinceStart: () => number,
  grow: (characters: number) => void,
): WireObserver {
  return {
    sent: ({ method, url, headers, body }) => {
      const sent: SentRequest = {
        method,
        url: blottedUrl(url, secrets),
        headers: blottedHeaders(headers, secrets),
        ...(body !== undefined && { body: blotted(body, secrets) }),
      };
      exchanges.push({ sent, sentMs: sinceStart() });
      grow(sent.body?.length ?? 0);
    },
    connected: (kept) => {
      const last = exchanges.at(-1);
      if (last) Object.assign(last, { connectedMs: sinceStart(), kept });
    },
    responded: (status, headers) => {
      const last = exchanges.at(-1);
      const told = { respondedMs: sinceStart(), status, headers: blottedHeaders(headers, secrets) };
      if (last) Object.assign(last, told);
    },
  };
}

/** About as much as the body of a request weighs. */
const lengthOf = (request: Request): number => JSON.stringify(request).length;
