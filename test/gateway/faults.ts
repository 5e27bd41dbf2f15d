import type { ServerResponse } from 'node:http';
import type { Timeouts } from '../../src/llm/endpoint.ts';
import type { LlmErrorCode } from '../../src/llm/llm-error.ts';
import type { Wire } from './fault-wires.ts';

/** What has to come of a failure: another answers, another is offered, or the user is told. */
export type Outcome = 'next' | 'offer' | 'stop';

export interface Fault {
  readonly name: string;
  readonly outcome: Outcome;
  /** The code it is known by; more than one where machines differ. */
  readonly codes: readonly LlmErrorCode[];
  /** `before` or `after` the first word that a reader sees. */
  readonly when: 'before' | 'after';
  /** Whether it can happen to a reply that comes piece by piece, and to one that comes whole. */
  readonly forms: readonly Form[];
  /** Where it is no answer of a server: what is there instead. */
  readonly place?: 'closed port' | 'no host' | 'silent TLS' | 'strange certificate';
  readonly answer?: (response: ServerResponse, wire: Wire) => void;
  /** Silences that are long enough; on a busy machine no others may be. */
  readonly timeouts?: Partial<Timeouts>;
  /** Wires that have no such thing. */
  readonly notFor?: (wire: Wire) => boolean;
}

export type Form = 'stream' | 'whole';
const both: readonly Form[] = ['stream', 'whole'];

/** Half a reply, as far as the reader got. */
export const half = 'Half a';

type Answer = (response: ServerResponse, wire: Wire) => void;

const status =
  (code: number, error: object | string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    const type = typeof error === 'string' ? 'text/html' : 'application/json';
    response.writeHead(code, { 'content-type': type, ...headers });
    response.end(typeof error === 'string' ? error : JSON.stringify({ error }));
  };

/** Begins a stream, says something, and then does the rest. */
const saying =
  (said: (wire: Wire) => string, rest: (response: ServerResponse, wire: Wire) => void): Answer =>
  (response, wire) => {
    response.writeHead(200, { 'content-type': wire.contentType });
    response.write(said(wire));
    rest(response, wire);
  };

const silence = (): void => undefined;
const cut = (response: ServerResponse): void => {
  // After what was written has left.
  setTimeout(() => response.destroy(), 20);
};
const end = (response: ServerResponse): void => void response.end();
const telling =
  (error: object) =>
  (response: ServerResponse, wire: Wire): void => {
    const payload = JSON.stringify({ type: 'error', error });
    response.end(wire.contentType === 'text/event-stream' ? `event: error\ndata: ${payload}\n\n` : `${payload}\n`);
  };

const opening = (wire: Wire): string => wire.opening;
const words = (wire: Wire): string => wire.opening + wire.word(half);
const thoughts = (wire: Wire): string => wire.opening + (wire.thought?.('Let me see') ?? '');
const noThoughts = (wire: Wire): boolean => wire.thought === undefined;
/** Words so far are all there is to a completion: an empty one is an answer. */
const noWords = (wire: Wire): boolean => wire.kind === 'completion';

const before = (name: string, outcome: Outcome, codes: readonly LlmErrorCode[], more: Partial<Fault>): Fault => ({
  ...{ name, outcome, codes, when: 'before', forms: both },
  ...more,
});
const after = (
  name: string,
  outcome: Outcome,
  codes: readonly LlmErrorCode[],
  answer: Answer,
  more: Partial<Fault> = {},
): Fault => ({
  ...{ name, outcome, codes, when: 'after', forms: ['stream'], answer },
  ...more,
});

const later = { 'retry-after': '120' };

export const faults: readonly Fault[] = [
  before('429, soon again', 'next', ['rate-limit'], {
    answer: status(429, { message: 'Too many requests', type: 'rate_limit_error' }),
  }),
  before('429 for two minutes', 'next', ['rate-limit'], {
    answer: status(429, { message: 'Too many requests', type: 'rate_limit_error' }, later),
  }),
  before('the quota is used up', 'next', ['quota'], {
    answer: status(429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }),
  }),
  before('402', 'next', ['quota'], { answer: status(402, { message: 'Insufficient credits' }) }),
  before('500', 'next', ['server'], { answer: status(500, { message: 'Internal error' }) }),
  before('502 with a page', 'next', ['server'], { answer: status(502, '<html><h1>Bad Gateway</h1></html>') }),
  before('503', 'next', ['overloaded'], { answer: status(503, { message: 'No capacity' }, later) }),
  before('529', 'next', ['overloaded'], { answer: status(529, { message: 'Overloaded', type: 'overloaded_error' }) }),
  before('nothing listens', 'next', ['connection-refused'], { place: 'closed port' }),
  before('no such host', 'next', ['host-not-found'], { place: 'no host' }),
  before('no connection in time', 'next', ['connect-timeout'], { place: 'silent TLS', timeouts: { connectMs: 200 } }),
  before('no answer in time', 'next', ['first-token-timeout'], { answer: silence, timeouts: { firstTokenMs: 200 } }),
  before('a head, then silence', 'next', ['first-token-timeout'], {
    answer: saying(opening, silence),
    forms: ['stream'],
    timeouts: { firstTokenMs: 200 },
  }),
  before('a connection that breaks at once', 'next', ['connection-lost'], {
    answer: (response) => void response.destroy(),
  }),
  before('a stream that is cut before a word', 'next', ['connection-lost', 'stream-cut', 'empty-response'], {
    answer: saying(opening, cut),
    forms: ['stream'],
    notFor: (wire) => wire.opening === '',
  }),
  before('a stream that ends before a word', 'next', ['empty-response'], {
    answer: saying(opening, end),
    forms: ['stream'],
    notFor: noWords,
  }),
  before('a whole reply without a word', 'next', ['empty-response', 'malformed-response'], {
    answer: (response, wire) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(wire.whole?.(''));
    },
    forms: ['whole'],
    notFor: noWords,
  }),
  before(
    'a whole reply that is cut',
    'next',
    ['connection-lost', 'stream-cut', 'malformed-response', 'empty-response'],
    {
      answer: (response, wire) => {
        const whole = wire.whole?.('Hello') ?? '';
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(whole.length) });
        response.write(whole.slice(0, whole.length / 2));
        cut(response);
      },
      forms: ['whole'],
    },
  ),
  before('an error told before a word', 'next', ['overloaded'], {
    answer: saying(opening, telling({ type: 'overloaded_error', message: 'Overloaded' })),
    forms: ['stream'],
  }),
  before('thoughts, then silence', 'next', ['idle-timeout'], {
    answer: saying(thoughts, silence),
    forms: ['stream'],
    timeouts: { idleMs: 200 },
    notFor: noThoughts,
  }),
  before('thoughts, then a cut', 'next', ['stream-cut'], {
    answer: saying(thoughts, cut),
    forms: ['stream'],
    notFor: noThoughts,
  }),

  before('400', 'stop', ['invalid-request'], { answer: status(400, { message: 'Bad request' }) }),
  before('401', 'stop', ['authentication'], { answer: status(401, { message: 'Wrong key' }) }),
  before('403', 'stop', ['permission'], { answer: status(403, { message: 'Not for you' }) }),
  before('404', 'stop', ['not-found'], { answer: status(404, { message: 'No such model' }) }),
  before('a refusal of the content', 'stop', ['content-filter'], {
    answer: status(400, { message: 'Flagged', code: 'content_policy_violation' }),
  }),
  before('too long', 'stop', ['context-overflow'], {
    answer: status(400, { message: 'maximum context length exceeded', code: 'context_length_exceeded' }),
  }),
  before('a web page', 'stop', ['not-an-api'], { answer: status(200, '<!doctype html><html><h1>Log in</h1></html>') }),
  before('a certificate nobody knows', 'stop', ['tls'], { place: 'strange certificate' }),

  after('a cut', 'offer', ['stream-cut'], saying(words, cut)),
  after('an end without its mark', 'offer', ['stream-cut'], saying(words, end)),
  after('silence', 'offer', ['idle-timeout'], saying(words, silence), { timeouts: { idleMs: 200 } }),
  after(
    'an error that is told',
    'offer',
    ['overloaded'],
    saying(words, telling({ type: 'overloaded_error', message: 'Overloaded' })),
  ),
  after(
    'a refusal that is told',
    'stop',
    ['content-filter'],
    saying(words, telling({ code: 'content_filter', message: 'Flagged' })),
  ),
];
