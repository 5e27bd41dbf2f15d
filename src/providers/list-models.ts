import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { ListedModel, ModelList } from '../llm/vendor.ts';
import { arrayAt, isObject, type JsonObject, parseJson, stringAt } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import { defaultAnthropicVersion } from './anthropic-messages.ts';
import { anthropicUrl, openaiUrl, shownUrl } from './base-url.ts';
import { isHtml } from './html-words.ts';
import type { Http } from './http.ts';
import { httpError, pageError } from './http-error.ts';
import { anthropicFacts, openaiFacts } from './listed-facts.ts';
import { readAll } from './read-all.ts';
import { RequestFailed } from './request-failed.ts';
import { requestHeaders } from './request-headers.ts';
import { withoutSecrets } from './secrets.ts';

export type ListAnswer = { readonly models: readonly ListedModel[] } | { readonly error: LlmError };

type HttpList = Exclude<ModelList, 'embedded'>;

interface ListReader {
  url(endpoint: Endpoint): string;
  headers(endpoint: Endpoint): Readonly<Record<string, string>>;
  facts(entry: JsonObject): ListedModel['facts'];
}

const readers: Readonly<Record<HttpList, ListReader>> = {
  openai: {
    url: ({ baseUrl }) => openaiUrl(baseUrl, 'models'),
    headers: (endpoint) => requestHeaders(endpoint),
    facts: openaiFacts,
  },
  anthropic: {
    url: ({ baseUrl }) => withQuery(anthropicUrl(baseUrl, 'models'), 'limit', '1000'),
    headers: (endpoint) =>
      requestHeaders(endpoint, { 'anthropic-version': endpoint.quirks.anthropicVersion ?? defaultAnthropicVersion }),
    facts: anthropicFacts,
  },
};

const mostPages = 20;

/** A list is no model's work: it is there soon or not at all. */
const listMs = 30_000;

/** The models an endpoint itself names, with what it says of them. Never throws; an abort is told as an error. */
export async function listModels(
  http: Http,
  endpoint: Endpoint,
  list: ModelList,
  signal: AbortSignal,
): Promise<ListAnswer> {
  if (list === 'embedded') return { error: ownError('unsupported', 'The model inside keeps its own list.') };
  try {
    return { models: await readPages(http, endpoint, readers[list], signal) };
  } catch (error) {
    if (signal.aborted) return { error: ownError('connection-lost', 'The list was not waited for any longer.') };
    const failure = error instanceof RequestFailed ? error.error : ownError('internal', messageOf(error));
    return { error: withoutSecrets(failure, endpoint) };
  }
}

async function readPages(
  http: Http,
  endpoint: Endpoint,
  reader: ListReader,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const models = new Map<string, ListedModel>();
  const first = reader.url(endpoint);
  let url: string | undefined = first;
  for (let page = 0; url !== undefined && page < mostPages; page++) {
    const answer = await readPage(http, endpoint, url, reader.headers(endpoint), signal);
    for (const entry of entriesOf(answer, url)) {
      const id = stringAt(entry, 'id') ?? stringAt(entry, 'name') ?? stringAt(entry, 'model');
      if (isObject(entry) && id !== undefined && id !== '') models.set(id, { id, facts: reader.facts(entry) });
    }
    const lastId = stringAt(answer, 'last_id');
    const hasMore = isObject(answer) && answer['has_more'] === true && lastId !== undefined;
    url = hasMore ? withQuery(first, 'after_id', lastId) : undefined;
  }
  return [...models.values()];
}

async function readPage(
  http: Http,
  { timeouts, ca }: Endpoint,
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<unknown> {
  const response = await http.send(
    {
      method: 'GET',
      url,
      headers,
      timeouts: { ...timeouts, firstTokenMs: listMs },
      ...(ca !== undefined && { ca }),
    },
    signal,
  );
  const text = await readAll(response);
  const source = { url: shownUrl(url), headers: response.headers, status: response.status };
  if (response.status < 200 || response.status > 299) throw new RequestFailed(httpError(text, source));
  if (isHtml(text)) throw new RequestFailed(pageError(text, source));
  return parseJson(text);
}

/** `{data: […]}` at most, `{models: […]}` or a bare list at some. */
function entriesOf(answer: unknown, url: string): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  const lists = listFields.filter((field) => isObject(answer) && Array.isArray(answer[field]));
  if (lists[0] !== undefined) return arrayAt(answer, lists[0]);
  throw new RequestFailed({
    code: 'malformed-response',
    message: 'The answer is no list of models.',
    retryable: false,
    url: shownUrl(url),
  });
}

const listFields = ['data', 'models'] as const;

function withQuery(url: string, name: string, value: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set(name, value);
  return parsed.href;
}

function ownError(code: LlmError['code'], message: string): LlmError {
  return { code, message, retryable: code === 'connection-lost' };
}
