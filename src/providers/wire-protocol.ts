import type { Model } from '../llm/model.ts';
import type { Protocol } from '../llm/model-facts.ts';
import type { ReplyBuilder } from '../llm/reply-builder.ts';
import type { Request } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';

/** The two others need no network: one is inside, one is VS Code's own. */
export type WireName = Exclude<Protocol, 'embedded' | 'vscode-lm'>;

/** One way of asking over HTTP: how a request is written and how its reply is read. Both without any I/O. */
export interface WireProtocol<Kind extends Request['kind'] = Request['kind']> {
  readonly name: WireName;
  readonly kind: Kind;
  /** How a streamed reply is cut into events; default `events`. */
  readonly framing?: Framing;
  write(model: Model, request: Extract<Request, { kind: Kind }>): WireRequest;
  read(reply: ReplyBuilder): ReplyReader;
}

/** Server-sent events, one JSON value a line, or Amazon's binary event stream. */
export type Framing = 'events' | 'lines' | 'aws-frames';

export interface WireRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** Takes the JSON objects of one reply in order and tells the builder what they say. Never throws. */
export interface ReplyReader {
  /** `event` is the name the server gave the event, if any. A whole, unstreamed reply comes as one payload. */
  payload(payload: JsonObject, event: string | undefined): Progress;
}

/** `over`: the vendor's own end mark. */
export type Progress = 'more' | 'over' | ToldError;

/** The server says in the middle of the reply that it failed. */
export interface ToldError {
  /** The JSON that tells it. */
  readonly error: unknown;
}
