/** A value of the GGUF format with its type, as the format has more of them than JavaScript. */
export type GgufValue =
  | { readonly type: 'uint32' | 'int32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s'; readonly value: readonly number[] };

export interface GgufTensor {
  readonly name: string;
  /** Fastest running first. */
  readonly dimensions: readonly number[];
  readonly data: Float32Array;
}

const typeNumbers = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, list: 9 } as const;
const alignment = 32;

/** A GGUF file, version 3, little endian, all tensors in 32-bit floats. */
export function writeGguf(metadata: Readonly<Record<string, GgufValue>>, tensors: readonly GgufTensor[]): Buffer {
  const entries = Object.entries(metadata);
  const header: Buffer[] = [Buffer.from('GGUF'), uint32(3), uint64(tensors.length), uint64(entries.length)];
  for (const [key, value] of entries) header.push(string(key), ...valueBytes(value));
  let offset = 0;
  for (const { name, dimensions, data } of tensors) {
    header.push(string(name), uint32(dimensions.length), ...dimensions.map(uint64), uint32(0), uint64(offset));
    offset += padded(data.byteLength);
  }
  const parts: Buffer[] = [Buffer.concat(header)];
  for (const { data } of tensors) parts.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return Buffer.concat(parts.flatMap((part) => [part, Buffer.alloc(padded(part.length) - part.length)]));
}

function valueBytes({ type, value }: GgufValue): Buffer[] {
  switch (type) {
    case 'strings':
      return [uint32(typeNumbers.list), uint32(typeNumbers.string), uint64(value.length), ...value.map(string)];
    case 'int32s':
      return [uint32(typeNumbers.list), uint32(typeNumbers.int32), uint64(value.length), ...value.map(int32)];
    case 'string':
      return [uint32(typeNumbers.string), string(value)];
    case 'bool':
      return [uint32(typeNumbers.bool), Buffer.from([value ? 1 : 0])];
    case 'uint32':
      return [uint32(typeNumbers.uint32), uint32(value)];
    case 'int32':
      return [uint32(typeNumbers.int32), int32(value)];
    case 'float32':
      return [uint32(typeNumbers.float32), filled(4, (bytes) => bytes.writeFloatLE(value))];
  }
}

function padded(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}

function filled(length: number, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(length);
  write(bytes);
  return bytes;
}

const uint32 = (value: number): Buffer => filled(4, (bytes) => bytes.writeUInt32LE(value));
const int32 = (value: number): Buffer => filled(4, (bytes) => bytes.writeInt32LE(value));
const uint64 = (value: number): Buffer => filled(8, (bytes) => bytes.writeBigUInt64LE(BigInt(value)));

function string(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
}
