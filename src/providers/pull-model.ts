import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { PullOutcome, PullReport } from '../llm/pull.ts';
import type { Vendor } from '../llm/vendor.ts';
import { type JsonObject, numberAt, parseJson, stringAt } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import { ollamaUrl, shownUrl } from './base-url.ts';
import type { Http } from './http.ts';
import { type ErrorSource, httpError, toldError } from './http-error.ts';
import { JsonLinesReader } from './json-lines.ts';
import { readAll } from './read-all.ts';
import { RequestFailed } from './request-failed.ts';
import { requestHeaders } from './request-headers.ts';
import { withoutSecrets } from './secrets.ts';

type Pulls = NonNullable<Vendor['pulls']>;

/** How a server is told to fetch a model; it answers with one JSON value a line while it does. */
const requests: Readonly<Record<Pulls, (baseUrl: string, model: string) => { url: string; body: JsonObject }>> = {
  ollama: (baseUrl, model) => ({ url: ollamaUrl(baseUrl, 'pull'), body: { model, stream: true } }),
};

/** Has a server fetch a model. Aborting makes it stop; what it has is kept there for the next time. Never throws. */
export async function pullModel(
  http: Http,
  endpoint: Endpoint,
  pulls: Pulls,
  model: string,
  report: PullReport,
  signal: AbortSignal,
): Promise<PullOutcome> {
  try {
    const failure = await pull(http, endpoint, requests[pulls](endpoint.baseUrl, model), report, signal);
    return failure ? { kind: 'failed', error: withoutSecrets(failure, endpoint) } : { kind: 'complete' };
  } catch (error) {
    if (signal.aborted) return { kind: 'aborted' };
    const failure: LlmError =
      error instanceof RequestFailed ? error.error : { code: 'internal', message: messageOf(error), retryable: false };
    return { kind: 'failed', error: withoutSecrets(failure, endpoint) };
  }
}

async function pull(
  http: Http,
  endpoint: Endpoint,
  { url, body }: { readonly url: string; readonly body: JsonObject },
  report: PullReport,
  signal: AbortSignal,
): Promise<LlmError | undefined> {
  const { timeouts, ca } = endpoint;
  const response = await http.send(
    {
      ...{ method: 'POST', url, timeouts, headers: requestHeaders(endpoint), body: JSON.stringify(body) },
      ...(ca !== undefined && { ca }),
    },
    signal,
  );
  const source: ErrorSource = { url: shownUrl(url), headers: response.headers };
  if (response.status < 200 || response.status > 299) {
    return httpError(await readAll(response), { ...source, status: response.status });
  }
  const layers = new Layers();
  const lines = new JsonLinesReader();
  let isDone = false;
  const read = (data = ''): LlmError | undefined => {
    const line = parseJson(data);
    if (stringAt(line, 'error') !== undefined) return toldError(line, source);
    isDone = stringAt(line, 'status') === 'success';
    report(layers.progress(line));
    return undefined;
  };
  for await (const bytes of response.body()) {
    response.tokenSeen();
    for (const { data } of lines.push(bytes)) {
      const failure = read(data);
      if (failure) return failure;
    }
  }
  const last = lines.end();
  const failure = last && read(last.data);
  if (failure || isDone) return failure;
  return {
    code: 'stream-cut',
    message: 'The server stopped before it had the model.',
    retryable: true,
    url: source.url,
  };
}

/** A model comes in layers, several at a time; together they say how far it is. */
class Layers {
  readonly #layers = new Map<string, { readonly done: number; readonly total: number }>();

  progress(line: unknown): Parameters<PullReport>[0] {
    const digest = stringAt(line, 'digest');
    const total = numberAt(line, 'total');
    if (digest !== undefined && total !== undefined) {
      this.#layers.set(digest, { done: numberAt(line, 'completed') ?? 0, total });
    }
    const all = [...this.#layers.values()];
    return {
      status: stringAt(line, 'status') ?? '',
      received: all.reduce((sum, { done }) => sum + done, 0),
      bytes: all.reduce((sum, layer) => sum + layer.total, 0),
    };
  }
}
