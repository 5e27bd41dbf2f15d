import type { Http } from './http.ts';
import { RequestFailed } from './request-failed.ts';

export interface FetchedPage {
  readonly url: string;
  readonly mediaType: string;
  readonly text: string;
}

const mostBytes = 3_000_000;
const timeouts = { connectMs: 10_000, firstTokenMs: 15_000, idleMs: 10_000 };
const readable = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript)\b)/i;

/** The text at an address somebody has pasted; what is no text, too large or not there rejects with the reason. */
export async function fetchPage(http: Http, url: string, signal: AbortSignal): Promise<FetchedPage> {
  const headers = { accept: 'text/html, text/plain, text/markdown, application/json;q=0.9, */*;q=0.1' };
  const response = await http.send({ method: 'GET', url, headers, timeouts }, signal);
  const type = response.headers['content-type'] ?? 'text/plain';
  const refusal =
    response.status >= 400
      ? `The server answers with ${response.status}.`
      : readable.test(type)
        ? undefined
        : `This is no text but ${type.split(';', 1)[0]}.`;
  if (refusal !== undefined) {
    response.release();
    throw failed(refusal, url);
  }
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body()) {
    bytes += piece.length;
    if (bytes > mostBytes) throw failed(`It is larger than ${mostBytes / 1_000_000} MB.`, url);
    pieces.push(piece);
  }
  return { url, mediaType: type, text: decoded(Buffer.concat(pieces), type) };
}

function decoded(bytes: Uint8Array, type: string): string {
  const label = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

const failed = (message: string, url: string): RequestFailed =>
  new RequestFailed({ code: 'not-an-api', message, retryable: false, url });
