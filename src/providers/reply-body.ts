import type { LlmError } from '../llm/llm-error.ts';
import { isObject, parseJson } from '../util/json.ts';
import { AwsEventStreamReader } from './aws-event-stream.ts';
import type { EventReader, ReadEvent } from './event-reader.ts';
import { type ErrorSource, pageError, toldError } from './http-error.ts';
import { JsonLinesReader } from './json-lines.ts';
import { SseReader } from './sse.ts';
import type { Framing, ReplyReader } from './wire-protocol.ts';

type Form = 'unknown' | 'stream' | 'json' | 'page';

const mostShown = 300;

/**
 * Reads the bytes of a successful answer, whatever they turn out to be: a stream of events, one whole JSON reply,
 * a JSON error, a web page. Goes by the protocol and by what the bytes say, since servers send all of them under any
 * content type.
 */
export class ReplyBody {
  readonly #reader: ReplyReader;
  readonly #source: ErrorSource;
  readonly #framing: Framing;
  #events: EventReader = new SseReader();
  #form: Form = 'unknown';
  /** What came before the form was known, and the whole of anything that is no stream. */
  #held: Uint8Array[] = [];
  #isOver = false;
  #error: LlmError | undefined;
  #malformed: string | undefined;
  #stray: string | undefined;
  #beginning: string | undefined;
  #hasEvents = false;

  constructor(reader: ReplyReader, source: ErrorSource, framing: Framing = 'events') {
    this.#reader = reader;
    this.#source = source;
    this.#framing = framing;
  }

  /** The vendor's end mark was read. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The server itself told of a failure, or the answer is none that a model could have given. */
  get error(): LlmError | undefined {
    return this.#error;
  }

  /** The beginning of the first piece that should have been JSON and was not. */
  get malformed(): string | undefined {
    return this.#malformed;
  }

  /** Words that are no part of any reply; an explanation when nothing else came. */
  get stray(): string | undefined {
    return this.#stray;
  }

  push(bytes: Uint8Array): void {
    if (this.#form === 'unknown') this.#begin(bytes);
    if (this.#form !== 'stream') {
      this.#held.push(bytes);
      return;
    }
    this.#beginning ??= Buffer.from(bytes).toString('utf8', 0, mostShown).trim();
    for (const held of this.#takeHeld()) this.#readEvents(this.#events.push(held));
    this.#readEvents(this.#events.push(bytes));
  }

  /** No more bytes will come; `isCut` = because the connection broke. */
  end(isCut: boolean): void {
    if (this.#form === 'json') this.#readWhole(Buffer.concat(this.#takeHeld()), isCut);
    else if (this.#form === 'page') this.#error = pageError(Buffer.concat(this.#takeHeld()).toString(), this.#source);
    const last = this.#events.end();
    const before = this.#malformed;
    if (last) this.#readEvent(last);
    // An event without its end is no broken event but a cut stream, which is told by the missing end mark. Where it is
    // all that the server had to say, its words say more.
    if (!isCut) this.#stray ??= this.#malformed;
    this.#malformed = before;
    if (!this.#hasEvents && !this.#beginning?.startsWith(':')) this.#stray ??= this.#beginning;
  }

  /** Judged by the first byte that is not blank: only what begins like the protocol's own framing is read by it. */
  #begin(bytes: Uint8Array): void {
    const first = bytes.find((byte) => !blanks.has(byte));
    if (first === undefined) return;
    const { reader, begins } = framings[this.#framing];
    const isFramed = first === begins.charCodeAt(0);
    if (isFramed) this.#events = reader();
    this.#form = isFramed ? 'stream' : (forms[String.fromCharCode(first)] ?? 'stream');
  }

  #takeHeld(): Uint8Array[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #readWhole(bytes: Buffer, isCut: boolean): void {
    const text = bytes.toString('utf8');
    const parsed = parseJson(text.replace(/^\uFEFF/, ''));
    if (parsed === undefined) {
      // Perhaps one JSON object a line; the lines are read like bare events.
      this.#readEvents(this.#events.push(Buffer.from(text.replace(/\r?\n/g, '\n\n'))));
      if (!isCut) this.#stray ??= text.slice(0, mostShown);
      return;
    }
    // Some servers wrap an error in a list, others a whole stream.
    for (const part of Array.isArray(parsed) ? parsed : [parsed])
      if (isObject(part)) this.#readPayload(part, undefined);
    this.#stray = text.slice(0, mostShown);
  }

  #readEvents(events: readonly ReadEvent[]): void {
    for (const event of events) this.#readEvent(event);
  }

  #readEvent({ event, data, error, malformed }: ReadEvent): void {
    this.#hasEvents = true;
    this.#malformed ??= malformed;
    if (data !== undefined) this.#readData(data, event);
    if (error !== undefined) this.#fail(parseJson(error) ?? error);
  }

  /** The first word counts, and none after the end. */
  #fail(told: unknown): void {
    if (!this.#isOver) this.#error ??= toldError(told, this.#source);
  }

  #readData(data: string, event: string | undefined): void {
    const parsed = firstOf(parseJson(data));
    if (isObject(parsed)) this.#readPayload(parsed, event);
    else if (event === 'error') this.#fail(parsed ?? data);
    else if (data.trim() === '[DONE]') this.#isOver = true;
    else if (parsed !== undefined) this.#stray ??= data.slice(0, mostShown);
    // Events run together because the blank line between them is missing.
    else if (data.includes('\n')) for (const line of data.split('\n')) this.#readData(line, event);
    else if (/^\s*[[{"]/.test(data)) this.#malformed ??= data.slice(0, mostShown);
    else if (data.trim() !== '') this.#stray ??= data.slice(0, mostShown);
  }

  #readPayload(payload: Parameters<ReplyReader['payload']>[0], event: string | undefined): void {
    const progress = this.#reader.payload(payload, event);
    if (progress === 'over') this.#isOver = true;
    else if (progress !== 'more') this.#fail(progress.error);
  }
}

/** Some servers wrap an error in a list. */
function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** How each framing is read, and the character it begins with, if always the same. */
const framings: Readonly<Record<Framing, { readonly reader: () => EventReader; readonly begins: string }>> = {
  events: { reader: () => new SseReader(), begins: '' },
  lines: { reader: () => new JsonLinesReader(), begins: '{' },
  'aws-frames': { reader: () => new AwsEventStreamReader(), begins: '\0' },
};

/** White space and the three bytes of a byte order mark. */
const blanks: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);
const forms: Readonly<Record<string, Form>> = { '{': 'json', '[': 'json', '<': 'page' };
