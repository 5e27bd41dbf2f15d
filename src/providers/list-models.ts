import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { ListedModel, ModelList } from '../llm/vendor.ts';
import { parseJson } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import { shownUrl } from './base-url.ts';
import { isHtml } from './html-words.ts';
import type { Http } from './http.ts';
import { httpError, pageError } from './http-error.ts';
import type { AskForJson } from './list-entries.ts';
import { listReaders } from './list-readers.ts';
import { readAll } from './read-all.ts';
import { RequestFailed } from './request-failed.ts';
import { requestHeaders } from './request-headers.ts';
import { withoutSecrets } from './secrets.ts';

export type ListAnswer = { readonly models: readonly ListedModel[] } | { readonly error: LlmError };

/** A list is no model's work: it is there soon or not at all. */
const listMs = 30_000;

/** The models an endpoint itself names, with what it says of them. Never throws; an abort is told as an error. */
export async function listModels(
  http: Http,
  endpoint: Endpoint,
  list: ModelList,
  signal: AbortSignal,
): Promise<ListAnswer> {
  if (list === 'embedded' || list === 'vscode' || list === 'catalog') {
    return { error: ownError('unsupported', 'This vendor has no list of models to ask for.') };
  }
  try {
    return { models: await listReaders[list](endpoint, askWith(http, endpoint, signal)) };
  } catch (error) {
    if (signal.aborted) return { error: ownError('connection-lost', 'The list was not waited for any longer.') };
    const failure = error instanceof RequestFailed ? error.error : ownError('internal', messageOf(error));
    return { error: withoutSecrets(failure, endpoint) };
  }
}

/** Asks an endpoint for JSON; throws `RequestFailed` where it answers anything but success. */
export function askWith(http: Http, endpoint: Endpoint, signal: AbortSignal): AskForJson {
  return async (url, { headers, body } = {}) => {
    const { timeouts, ca } = endpoint;
    const response = await http.send(
      {
        url,
        headers: requestHeaders(endpoint, headers),
        ...(body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) }),
        timeouts: { ...timeouts, firstTokenMs: Math.min(timeouts.firstTokenMs || listMs, listMs) },
        ...(ca !== undefined && { ca }),
      },
      signal,
    );
    const text = await readAll(response);
    const source = { url: shownUrl(url), headers: response.headers, status: response.status };
    if (response.status < 200 || response.status > 299) throw new RequestFailed(httpError(text, source));
    if (isHtml(text)) throw new RequestFailed(pageError(text, source));
    return parseJson(text);
  };
}

function ownError(code: LlmError['code'], message: string): LlmError {
  return { code, message, retryable: code === 'connection-lost' };
}
