import type { IncomingHttpHeaders } from 'node:http';
import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import { parseJson } from '../util/json.ts';
import { type ErrorWords, errorWords } from './error-words.ts';
import { isHtml, wordsOfHtml } from './html-words.ts';
import { headerText, untilReset } from './limit-reset.ts';

interface Rule {
  readonly code: LlmErrorCode;
  /** HTTP statuses it holds for; `none` = an error told in the middle of a stream. Absent = every status. */
  readonly statuses?: readonly (number | 'none')[];
  /** What the vendor's labels and message have to say. Absent = anything. */
  readonly says?: RegExp;
  /** Does not hold where the server said when to come back. */
  readonly unlessRetryAfter?: boolean;
}

/** First match wins: words say more than the status, and the status more than nothing. */
const rules: readonly Rule[] = [
  { code: 'unsupported', statuses: [501] },
  {
    code: 'unsupported',
    statuses: [400, 404, 422, 500],
    says: /not_supported_error|no endpoints found that support|does not support (?:insert|infill|tools?|thinking|chat|completions?|generate)\b/,
  },
  { code: 'not-pulled', statuses: [404], says: /try pulling it|model not found.*(?:pull|download)|pull it first/ },
  { code: 'loading', statuses: [503], says: /loading model|model is (?:still )?loading|is being loaded/ },
  {
    code: 'out-of-memory',
    statuses: [400, 500, 503, 'none'],
    says: /requires more system memory|more memory than is available|out of memory|insufficient (?:system )?(?:memory|resources)|failed to allocate|cudamalloc failed|unable to allocate/,
  },
  { code: 'rate-limit', statuses: [413, 429], says: /tokens per min|requests per min|\btpm\b|\brpm\b/ },
  {
    code: 'context-overflow',
    statuses: [400, 413, 422, 500, 'none'],
    says: /context_length_exceeded|exceed_context_size|too_many_prompt_tokens|request_too_large|model_max_prompt_tokens|maximum context|context (?:length|window|size)|(?:prompt|input|messages) (?:is|are) too (?:long|large)|prompt too long|too long for|input token count|messages is too long|reduce the length/,
  },
  {
    code: 'authentication',
    statuses: [400, 401, 403, 'none'],
    says: /invalid_api_key|api_key_invalid|authentication_error|no_db_connection|(?:incorrect|invalid|missing) (?:x-)?api[ -]key|api key not valid|unauthenticated|missing authentication|no auth credentials/,
  },
  {
    code: 'quota',
    statuses: [400, 402, 403, 412, 429, 'none'],
    says: /insufficient_quota|arrearage|billing|current quota|credit balance|(?:insufficient|more|enough|any|out of) (?:balance|credits?|funds)|payment required|spending limit/,
    unlessRetryAfter: true,
  },
  {
    code: 'content-filter',
    statuses: [400, 403, 'none'],
    says: /content_filter|content_policy|content management policy|responsibleai|moderation|flagged|data_inspection_failed/,
  },
  { code: 'overloaded', statuses: [500, 502, 504, 'none'], says: /overloaded|over capacity|server is busy/ },
  { code: 'authentication', statuses: [401, 407] },
  { code: 'quota', statuses: [402] },
  { code: 'permission', statuses: [403] },
  { code: 'not-found', statuses: [404, 410] },
  { code: 'context-overflow', statuses: [413] },
  { code: 'rate-limit', statuses: [429] },
  { code: 'overloaded', statuses: [503, 529] },
  { code: 'server', statuses: [408, 409, 425] },
  { code: 'rate-limit', statuses: ['none'], says: /rate.?limit/ },
  { code: 'permission', statuses: ['none'], says: /permission/ },
  { code: 'not-found', statuses: ['none'], says: /not_found/ },
  { code: 'invalid-request', statuses: ['none'], says: /invalid.?request|invalid.?argument/ },
  { code: 'server', statuses: ['none'] },
];

const retryableCodes: ReadonlySet<LlmErrorCode> = new Set(['rate-limit', 'overloaded', 'loading', 'server']);
const requestIdHeaders = [
  ...['x-request-id', 'request-id', 'x-amzn-requestid', 'apim-request-id', 'x-litellm-call-id', 'cf-ray'],
] as const;

/** Where an error came from: the answer it was, or the answer it was told in. */
export interface ErrorSource {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Absent for an error in the middle of an answer that began well. */
  readonly status?: number;
}

/** The error of an answer with an HTTP status that is none of success. */
export function httpError(body: string, source: ErrorSource & { readonly status: number }): LlmError {
  if (isHtml(body)) return classify({ message: wordsOfHtml(body), labels: '' }, source, pageRules);
  const words = errorWords(parseJson(body)) ?? errorWords(body.slice(0, 500));
  return classify(words ?? { message: `HTTP status ${source.status}, without a word`, labels: '' }, source, rules);
}

/** The error that a JSON object in the middle of a stream, or in place of one, tells of. */
export function toldError(payload: unknown, source: ErrorSource): LlmError {
  const words = errorWords(payload) ?? { message: 'The server reported an error without a word.', labels: '' };
  return classify(words, words.status === undefined ? source : { ...source, status: words.status }, rules);
}

/** A web page where an API should be. */
export function pageError(html: string, source: ErrorSource): LlmError {
  return { code: 'not-an-api', message: wordsOfHtml(html), retryable: false, ...known(source) };
}

/** A page of a gateway in front of the API tells by its status alone; any other page means the address is wrong. */
const pageRules: readonly Rule[] = [
  ...rules.filter((rule) => rule.says === undefined && !rule.statuses?.includes(404)),
  { code: 'server', statuses: [500, 502, 504, 520, 521, 522, 523, 524] },
  { code: 'not-an-api' },
];

function classify(words: ErrorWords, source: ErrorSource, table: readonly Rule[]): LlmError {
  const { status } = source;
  const toldMs = retryAfterOf(source.headers) ?? words.retryAfterMs;
  const said = `${words.labels} ${words.message}`.toLowerCase();
  const rule = table.find(
    (candidate) =>
      (candidate.statuses?.includes(status ?? 'none') ?? true) &&
      (candidate.says?.test(said) ?? true) &&
      !(candidate.unlessRetryAfter && toldMs !== undefined),
  );
  const code = rule?.code ?? ((status ?? 500) >= 500 ? 'server' : 'invalid-request');
  const retryAfterMs = toldMs ?? (code === 'rate-limit' ? untilReset(source.headers) : undefined);
  const requestId = requestIdHeaders.map((name) => source.headers[name]).find((value) => typeof value === 'string');
  return {
    code,
    message: words.message,
    retryable: shouldRetry(source.headers) ?? retryableCodes.has(code),
    ...known(source),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...((words.requestId ?? requestId) !== undefined && { requestId: words.requestId ?? String(requestId) }),
    ...(code === 'invalid-request' && words.parameter !== undefined && { parameter: words.parameter }),
  };
}

function known({ status, url }: ErrorSource): Pick<LlmError, 'status' | 'url'> {
  return { url, ...(status !== undefined && { status }) };
}

function shouldRetry(headers: IncomingHttpHeaders): boolean | undefined {
  const word = headers['x-should-retry'];
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** LiteLLM hands the headers of the server behind it on under names of its own. */
const passedOn = 'llm_provider-';

/** The longest of what the headers say; `retry-after` is a number of seconds or a date. */
function retryAfterOf(headers: IncomingHttpHeaders): number | undefined {
  const waits = ['', passedOn].flatMap((prefix) => {
    const after = headerText(headers[`${prefix}retry-after`]);
    const seconds = Number(after ?? Number.NaN);
    return [
      Number(headerText(headers[`${prefix}retry-after-ms`]) ?? Number.NaN),
      Number.isNaN(seconds) ? Date.parse(after ?? '') - Date.now() : seconds * 1000,
    ].filter((wait) => !Number.isNaN(wait));
  });
  return waits.length === 0 ? undefined : Math.max(0, ...waits);
}
