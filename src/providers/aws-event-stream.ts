import { isObject, parseJson } from '../util/json.ts';
import type { EventReader, ReadEvent } from './event-reader.ts';

/** Lengths of the whole and of its headers, and their checksum. */
const preludeBytes = 12;
const checksumBytes = 4;
/** The format's own limit, which also tells frames from what is none. */
const mostBytes = 24 * 1024 * 1024;

/**
 * Reads Amazon's binary event stream (`application/vnd.amazon.eventstream`): length, headers, payload, checksum.
 * The checksums are not looked at: TLS has made sure of the bytes already.
 */
export class AwsEventStreamReader implements EventReader {
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** Bytes that have to be there before it is worth looking again. */
  #wanted = preludeBytes;
  #isBroken = false;

  push(bytes: Uint8Array): readonly ReadEvent[] {
    if (this.#isBroken) return [];
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    if (this.#length < this.#wanted) return [];
    const events: ReadEvent[] = [];
    const rest = this.#readFrames(Buffer.concat(this.#pieces), events);
    this.#pieces = [rest];
    this.#length = rest.length;
    return events;
  }

  /** A frame without its end says nothing. */
  end(): undefined {
    return undefined;
  }

  #readFrames(bytes: Buffer, events: ReadEvent[]): Buffer {
    let rest = bytes;
    this.#wanted = preludeBytes;
    while (rest.length >= preludeBytes) {
      const length = rest.readUInt32BE(0);
      const payloadStart = preludeBytes + rest.readUInt32BE(4);
      const payloadEnd = length - checksumBytes;
      if (length > mostBytes || payloadStart > payloadEnd) {
        this.#isBroken = true;
        events.push({ malformed: `a frame of ${length} bytes` });
        return Buffer.alloc(0);
      }
      if (rest.length < length) {
        this.#wanted = length;
        break;
      }
      const headers = readHeaders(rest.subarray(preludeBytes, payloadStart));
      events.push(eventOf(headers, rest.toString('utf8', payloadStart, payloadEnd)));
      rest = rest.subarray(length);
    }
    return rest;
  }
}

/** An exception travels in place of an event, its kind in the headers: here it is put beside its words. */
function eventOf(headers: ReadonlyMap<string, string>, payload: string): ReadEvent {
  const type = headers.get(':exception-type') ?? headers.get(':error-code');
  if (type === undefined) return { event: headers.get(':event-type'), data: payload };
  const parsed = parseJson(payload);
  const words = isObject(parsed) ? parsed : { message: headers.get(':error-message') ?? payload };
  return { event: type, data: JSON.stringify({ ...words, exception: type }) };
}

/** Bytes of a header's value by its type; texts and byte strings carry their length. */
const valueBytes: readonly (number | 'counted')[] = [0, 0, 1, 2, 4, 8, 'counted', 'counted', 8, 16];
const textType = 7;

/** Those headers that are text; stops where the bytes make no sense. */
function readHeaders(bytes: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  let at = 0;
  while (at < bytes.length) {
    const nameEnd = at + 1 + bytes.readUInt8(at);
    if (nameEnd >= bytes.length) break;
    const type = bytes.readUInt8(nameEnd);
    const size = valueBytes[type];
    if (size === undefined || (size === 'counted' && nameEnd + 3 > bytes.length)) break;
    const valueStart = nameEnd + (size === 'counted' ? 3 : 1);
    const valueEnd = valueStart + (size === 'counted' ? bytes.readUInt16BE(nameEnd + 1) : size);
    if (valueEnd > bytes.length) break;
    if (type === textType)
      headers.set(bytes.toString('utf8', at + 1, nameEnd), bytes.toString('utf8', valueStart, valueEnd));
    at = valueEnd;
  }
  return headers;
}
