import type { HttpResponse } from './http-response.ts';

/** More than any error or list of models is worth. */
const mostBytes = 16 * 1024 * 1024;

/** The whole body as text. One that breaks off gives what came of it, if anything did. */
export async function readAll(response: HttpResponse): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of response.body()) {
      pieces.push(piece);
      length += piece.length;
      if (length > mostBytes) break;
    }
  } catch (error) {
    // The status is known and says most; without a single word beside it the break is the better explanation.
    if (length === 0) throw error;
  }
  return Buffer.concat(pieces).toString('utf8');
}
