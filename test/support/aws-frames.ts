import { crc32 } from 'node:zlib';

/** One frame of Amazon's event stream, headers as text. */
export function awsFrame(headers: Readonly<Record<string, string>>, payload: string | Uint8Array): Buffer<ArrayBuffer> {
  return awsFrameOf(Buffer.concat(Object.entries(headers).map(([name, value]) => textHeader(name, value))), payload);
}

/** The same with the headers' bytes as they are given. */
export function awsFrameOf(headers: Uint8Array, payload: string | Uint8Array): Buffer<ArrayBuffer> {
  const body = Buffer.from(payload);
  const frame = Buffer.alloc(12 + headers.length + body.length + 4);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(headers.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  frame.set(headers, 12);
  frame.set(body, 12 + headers.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, frame.length - 4)), frame.length - 4);
  return frame;
}

/** An event of Bedrock's. */
export function awsEvent(name: string, payload: unknown): Buffer<ArrayBuffer> {
  return awsFrame({ ':event-type': name, ':message-type': 'event' }, JSON.stringify(payload));
}

export function textHeader(name: string, value: string): Buffer<ArrayBuffer> {
  const [nameBytes, valueBytes] = [Buffer.from(name), Buffer.from(value)];
  const length = Buffer.alloc(2);
  length.writeUInt16BE(valueBytes.length);
  return Buffer.concat([Buffer.from([nameBytes.length]), nameBytes, Buffer.from([7]), length, valueBytes]);
}
