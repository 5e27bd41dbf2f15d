import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { getCACertificates, TLSSocket } from 'node:tls';
import type { Timeouts } from '../llm/endpoint.ts';
import type { SentRequest, WireHeaders, WireObserver } from '../llm/wire-observer.ts';
import { shownUrl } from './base-url.ts';
import { connectionError } from './connection-error.ts';
import { HttpResponse } from './http-response.ts';
import { RequestFailed } from './request-failed.ts';
import { Watchdog } from './watchdog.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeouts: Timeouts;
  /** PEM text of certificates trusted besides the system's. */
  readonly ca?: string;
  readonly observer?: WireObserver;
}

/** One request and the head of its answer. An abort destroys the socket at once. Rejects with `RequestFailed` only. */
export async function exchange(
  request: HttpRequest,
  agent: http.Agent | false,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const url = shownUrl(request.url);
  const outgoing = open(request, agent);
  const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>();
  let incoming: IncomingMessage | undefined;
  let issuer: string | undefined;
  const destroy = (failure?: Error): void => {
    (incoming ?? outgoing).destroy(failure);
  };
  const abort = (): void => destroy();
  const settle = (): void => signal.removeEventListener('abort', abort);
  const watchdog = new Watchdog(request.timeouts, url, destroy);

  watchdog.watch('connect');
  outgoing.once('socket', (socket) => {
    const connected = (): void => {
      watchdog.watch('first-token');
      request.observer?.connected(outgoing.reusedSocket);
    };
    if (!socket.connecting) connected();
    else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', connected);
    if (!outgoing.reusedSocket) watchIssuer(socket, (name) => (issuer = name));
  });
  // The model starts to think when it has read everything, so its time starts anew here.
  outgoing.once('finish', () => incoming ?? watchdog.watch('first-token'));
  outgoing.on('error', (error) => {
    watchdog.stop();
    settle();
    const isStale = outgoing.reusedSocket && !incoming && !watchdog.bitten && !signal.aborted;
    // The server had closed the kept connection before it saw this request: it is asked over a new one.
    if (isStale) exchange(request, false, signal).then(resolve, reject);
    else reject(watchdog.bitten ?? new RequestFailed(connectionError(error, url, issuer)));
  });
  outgoing.once('response', (message) => {
    incoming = message;
    request.observer?.responded(message.statusCode ?? 0, headersOf(message.headers));
    resolve(new HttpResponse(message, watchdog, url, settle));
  });
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  outgoing.end(request.body);
  // When it is on its way: nothing waits for who only watches.
  if (!signal.aborted) request.observer?.sent(asSent(request, outgoing));
  return promise;
}

/** Node refuses some headers and URLs by throwing: that is a failed request like any other. */
function open({ url, method, headers, body, ca }: HttpRequest, agent: http.Agent | false): http.ClientRequest {
  const module = url.startsWith('https:') ? https : http;
  // Said in so many words: VS Code puts an agent of its own before ours, for which Node would say "close".
  const lasting = {
    ...headers,
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    ...(agent !== false && { connection: 'keep-alive' }),
  };
  try {
    return module.request(url, {
      ...{ method, headers: lasting, agent },
      ...(ca !== undefined && { ca: trusted(ca) }),
      ...(isNamedLocal(url) && { lookup: lookUpLocal }),
    });
  } catch (error) {
    throw new RequestFailed(connectionError(error, shownUrl(url)));
  }
}

/** With the headers that Node adds. */
function asSent({ method, url, body }: HttpRequest, outgoing: http.ClientRequest): SentRequest {
  return { method, url, headers: headersOf(outgoing.getHeaders()), ...(body !== undefined && { body }) };
}

function headersOf(headers: http.OutgoingHttpHeaders): WireHeaders {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name, Array.isArray(value) ? value : String(value)] as const];
  });
  return Object.fromEntries(entries);
}

/** Names below `localhost` are this machine: nobody else is asked for them, who could say otherwise. */
function isNamedLocal(url: string): boolean {
  return URL.parse(url)?.hostname.endsWith('.localhost') === true;
}

const lookUpLocal: LookupFunction = (_name, { all }, found) => {
  if (all === true) {
    const both = [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
    found(null, both);
  } else found(null, '127.0.0.1', 4);
};

/** Node's `ca` replaces what it trusts, so that is given along. */
function trusted(ca: string): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system'), ca];
}

/** A certificate that is refused cannot be asked for any more; it is looked at just before it is judged. */
function watchIssuer(socket: Socket, seen: (issuer: string) => void): void {
  if (!(socket instanceof TLSSocket)) return;
  socket.prependOnceListener('secure', () => {
    const issuer = socket.getPeerCertificate().issuer as { readonly CN?: string; readonly O?: string } | undefined;
    const name = issuer?.CN ?? issuer?.O;
    if (name !== undefined) seen(`"${name}"`);
  });
}
