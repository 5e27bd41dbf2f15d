import http from 'node:http';
import https from 'node:https';
import { shownUrl } from './base-url.ts';
import { exchange, type HttpRequest } from './http-exchange.ts';
import type { HttpResponse } from './http-response.ts';
import { RequestFailed } from './request-failed.ts';

/** Why nothing may be sent to an address, as a sentence; undefined = it may. */
export type AddressRefused = (url: string) => string | undefined;

const redirects: ReadonlySet<number> = new Set([301, 302, 307, 308]);
const mostRedirects = 3;

/**
 * The only one in this room that opens sockets, and none before the address has been allowed.
 * HTTP through Node's own modules, which VS Code patches with the user's proxy and certificates.
 * Connections are kept for the next request; `close` ends the idle ones.
 */
export class Http {
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  } as const;

  readonly #refused: AddressRefused;

  constructor(refused: AddressRefused = () => undefined) {
    this.#refused = refused;
  }

  /** Resolves once the status is known, whatever it is. Rejects with `RequestFailed`, also after an abort. */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    let { url } = request;
    for (let hop = 0; ; hop++) {
      this.#check(url);
      const response = await exchange({ ...request, url }, this.#agentFor(url), signal);
      const { location } = response.headers;
      if (!redirects.has(response.status) || location === undefined) return response;
      response.release();
      url = nextUrl(url, location, hop);
    }
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  #check(url: string): void {
    const message = this.#refused(url);
    if (message !== undefined) {
      throw new RequestFailed({ code: 'policy', message, retryable: false, url: shownUrl(url) });
    }
  }

  #agentFor(url: string): http.Agent {
    return url.startsWith('https:') ? this.#agents['https:'] : this.#agents['http:'];
  }
}

/** A key is only ever sent to the origin it was meant for, so a redirect elsewhere is an error to be told. */
function nextUrl(from: string, location: string, hop: number): string {
  const target = URL.parse(location, from);
  if (target !== null && target.origin === new URL(from).origin && hop < mostRedirects) return target.href;
  const where = target === null ? 'an unreadable address' : shownUrl(target.href);
  const message =
    hop < mostRedirects ? `The server sends on to ${where}.` : `Too many redirects, the last to ${where}.`;
  throw new RequestFailed({ code: 'not-an-api', message, retryable: false, url: shownUrl(from) });
}
