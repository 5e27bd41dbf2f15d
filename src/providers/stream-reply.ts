import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import { ReplyBuilder } from '../llm/reply-builder.ts';
import type { Request } from '../llm/request.ts';
import type { StreamEvent, StreamFunction } from '../llm/stream-event.ts';
import type { SentRequest } from '../llm/wire-observer.ts';
import { messageOf } from '../util/message-of.ts';
import { shownUrl } from './base-url.ts';
import type { Http } from './http.ts';
import { httpError } from './http-error.ts';
import type { HttpResponse } from './http-response.ts';
import { readAll } from './read-all.ts';
import { ReplyBody } from './reply-body.ts';
import { RequestFailed } from './request-failed.ts';
import { withoutSecrets } from './secrets.ts';
import type { WireProtocol, WireRequest } from './wire-protocol.ts';

/** A wire protocol put to use over HTTP. */
export function streamOver<Kind extends Request['kind']>(http: Http, protocol: WireProtocol<Kind>): StreamFunction {
  return (model, request, signal) => streamReply(http, protocol, model, request, signal);
}

/** What would leave over HTTP, body and all. */
export function unsent<Kind extends Request['kind']>(
  protocol: WireProtocol<Kind>,
  model: Model,
  request: Request,
): SentRequest {
  if (!isKind(request, protocol.kind)) throw new RequestFailed(wrongKind(protocol.name, request));
  const { url, headers, body } = protocol.write(model, request);
  return { method: 'POST', url, headers, body: JSON.stringify(body) };
}

async function* streamReply<Kind extends Request['kind']>(
  http: Http,
  protocol: WireProtocol<Kind>,
  model: Model,
  request: Request,
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  const builder = new ReplyBuilder(model.ref, protocol.name);
  let body: ReplyBody | undefined;
  let failure: LlmError | undefined;
  try {
    if (!isKind(request, protocol.kind)) throw new RequestFailed(wrongKind(protocol.name, request));
    const written = protocol.write(model, request);
    const response = await post(http, written, model.endpoint, signal);
    if (response.status < 200 || response.status > 299) throw new RequestFailed(await refusal(response, written.url));
    const source = { url: shownUrl(written.url), headers: response.headers };
    body = new ReplyBody(protocol.read(builder), source, protocol.framing);
    for await (const bytes of response.body()) {
      body.push(bytes);
      const events = builder.takeEvents();
      if (events.length > 0) response.tokenSeen();
      for (const event of events) yield event;
      if (body.isOver) response.overSeen();
      if (body.error) {
        response.release();
        break;
      }
    }
  } catch (error) {
    // The edge of every stream: whatever went wrong becomes its end event.
    failure = error instanceof RequestFailed ? error.error : internal(error);
  }
  const ending = endOf(body, failure !== undefined);
  failure ??= ending;
  for (const event of builder.takeEvents()) yield event;
  const verdict = judge(builder, body, protocol.kind, failure, signal.aborted);
  yield builder.end(typeof verdict === 'object' ? withoutSecrets(verdict, model.endpoint) : verdict);
}

function endOf(body: ReplyBody | undefined, isCut: boolean): LlmError | undefined {
  try {
    body?.end(isCut);
    return undefined;
  } catch (error) {
    // What comes last is as little to be trusted as what came before.
    return internal(error);
  }
}

/** What became of the reply. What the server itself says counts most; a break after the end is none. */
function judge(
  builder: ReplyBuilder,
  body: ReplyBody | undefined,
  kind: Request['kind'],
  failure: LlmError | undefined,
  isAborted: boolean,
): 'complete' | 'aborted' | LlmError {
  if (body?.error) return body.error;
  const isWhole = body?.isOver || builder.isFinished;
  if (!isWhole && isAborted) return 'aborted';
  if (!isWhole && failure) return builder.isEmpty ? failure : { ...failure, code: cutCode(failure) };
  if (body?.malformed !== undefined) {
    return ownError('malformed-response', `A piece of the reply is not JSON: ${body.malformed}`);
  }
  if (isWhole && builder.finishReason === 'error') {
    return ownError('server', `The provider ended the reply with "${builder.rawFinish}".`);
  }
  if (isWhole && (kind === 'completion' || !builder.isEmpty || builder.mayBeEmpty)) return 'complete';
  if (!builder.isEmpty) return ownError('stream-cut', 'The stream ended without its end mark.');
  if (body?.stray !== undefined) return ownError('malformed-response', `An answer of no known form: ${body.stray}`);
  return ownError('empty-response', 'The reply is empty.');
}

/** A connection that breaks in the middle of a reply is a cut stream, whatever the socket calls it. */
function cutCode(failure: LlmError): LlmError['code'] {
  return failure.code === 'connection-lost' ? 'stream-cut' : failure.code;
}

function ownError(code: LlmError['code'], message: string): LlmError {
  return { code, message, retryable: code !== 'malformed-response' };
}

function post(http: Http, written: WireRequest, endpoint: Endpoint, signal: AbortSignal): Promise<HttpResponse> {
  const { url, headers, body } = written;
  const { timeouts, ca, observer } = endpoint;
  return http.send(
    {
      ...{ method: 'POST', url, headers, timeouts },
      body: JSON.stringify(body),
      ...(ca !== undefined && { ca }),
      ...(observer && { observer }),
    },
    signal,
  );
}

/** The error of an answer whose status is none of success. */
async function refusal(response: HttpResponse, url: string): Promise<LlmError> {
  return httpError(await readAll(response), {
    url: shownUrl(url),
    headers: response.headers,
    status: response.status,
  });
}

function isKind<Kind extends Request['kind']>(
  request: Request,
  kind: Kind,
): request is Extract<Request, { kind: Kind }> {
  return request.kind === kind;
}

function wrongKind(name: string, request: Request): LlmError {
  return { code: 'unsupported', message: `${name} cannot carry a ${request.kind} request.`, retryable: false };
}

function internal(error: unknown): LlmError {
  return { code: 'internal', message: messageOf(error), retryable: false };
}
