import { bytesOfTensor } from './gguf-tensor-size.ts';

/** The file cannot be a model that llama.cpp could load; the message says why. */
export class GgufError extends Error {}

/** The header goes on beyond the bytes at hand. */
export class NeedsMoreBytes extends Error {}

export interface GgufMetadata {
  /** Texts, numbers and truth values; lists are left out. */
  readonly values: ReadonlyMap<string, string | number | boolean>;
  readonly infill: boolean;
}

const supportedVersions = [2, 3];
const defaultAlignment = 32;

/** How the families that can fill a hole spell the token that begins the text before the cursor. */
const infillTokens: ReadonlySet<string> = new Set([
  '<|fim_prefix|>',
  '<fim_prefix>',
  '<fim-prefix>',
  '<|fim_begin|>',
  '<｜fim▁begin｜>',
  '▁<PRE>',
  '<PRE>',
]);

const stringType = 8;
const listType = 9;

interface ValueType {
  readonly bytes: number;
  readonly read: (bytes: Buffer, start: number) => number | boolean;
}

/** The value types of fixed size, by the type number of the format. */
const valueTypes: Readonly<Record<number, ValueType>> = {
  0: { bytes: 1, read: (bytes, start) => bytes.readUInt8(start) },
  1: { bytes: 1, read: (bytes, start) => bytes.readInt8(start) },
  2: { bytes: 2, read: (bytes, start) => bytes.readUInt16LE(start) },
  3: { bytes: 2, read: (bytes, start) => bytes.readInt16LE(start) },
  4: { bytes: 4, read: (bytes, start) => bytes.readUInt32LE(start) },
  5: { bytes: 4, read: (bytes, start) => bytes.readInt32LE(start) },
  6: { bytes: 4, read: (bytes, start) => bytes.readFloatLE(start) },
  7: { bytes: 1, read: (bytes, start) => bytes.readUInt8(start) !== 0 },
  10: { bytes: 8, read: (bytes, start) => Number(bytes.readBigUInt64LE(start)) },
  11: { bytes: 8, read: (bytes, start) => Number(bytes.readBigInt64LE(start)) },
  12: { bytes: 8, read: (bytes, start) => bytes.readDoubleLE(start) },
};

/**
 * Reads the beginning of a GGUF file and checks that every tensor lies within `fileBytes`.
 * Throws GgufError when it is no loadable model, NeedsMoreBytes when the header is longer than `bytes`.
 */
export function parseGguf(bytes: Buffer, fileBytes: number): GgufMetadata {
  if (bytes.length < 4 || bytes.toString('latin1', 0, 4) !== 'GGUF') throw new GgufError('this is not a GGUF file.');
  const cursor = new Cursor(bytes, 4);
  const version = cursor.uint32();
  if (!supportedVersions.includes(version)) {
    throw new GgufError(
      `its GGUF version ${version} is not supported; get the model in a current version of the format.`,
    );
  }
  const tensorCount = cursor.count();
  const valueCount = cursor.count();
  const metadata = readMetadata(cursor, valueCount);
  if (!metadata.values.has('general.architecture')) throw new GgufError('it does not name a model architecture.');
  if (tensorCount === 0) throw new GgufError('it holds no weights, only a vocabulary.');
  const end = endOfTensors(cursor, tensorCount, metadata.values.get('general.alignment'));
  if (end > fileBytes) {
    throw new GgufError(`it is cut off: ${end} bytes are needed, ${fileBytes} are there. Fetch it again.`);
  }
  return metadata;
}

function readMetadata(cursor: Cursor, valueCount: number): GgufMetadata {
  const values = new Map<string, string | number | boolean>();
  let infill = false;
  for (let index = 0; index < valueCount; index++) {
    const key = cursor.string();
    const type = cursor.uint32();
    if (type === listType) infill = readList(cursor, key) || infill;
    else values.set(key, cursor.value(type));
  }
  return { values, infill };
}

/** True when the list is a vocabulary that can fill holes. */
function readList(cursor: Cursor, key: string): boolean {
  const type = cursor.uint32();
  const length = cursor.count();
  if (type !== stringType) {
    cursor.skip(length * valueType(type).bytes);
    return false;
  }
  const vocabulary = key === 'tokenizer.ggml.tokens';
  let found = false;
  for (let index = 0; index < length; index++) {
    if (vocabulary) found = infillTokens.has(cursor.string()) || found;
    else cursor.skip(cursor.count());
  }
  return found;
}

function endOfTensors(cursor: Cursor, tensorCount: number, alignmentValue: unknown): number {
  const alignment = typeof alignmentValue === 'number' && alignmentValue > 0 ? alignmentValue : defaultAlignment;
  let end = 0;
  for (let index = 0; index < tensorCount; index++) {
    cursor.skip(cursor.count());
    const dimensions = Array.from({ length: cursor.dimensions() }, () => cursor.count());
    const size = bytesOfTensor(cursor.uint32(), dimensions) ?? 0;
    end = Math.max(end, cursor.count() + size);
  }
  return Math.ceil(cursor.position / alignment) * alignment + end;
}

function valueType(type: number): ValueType {
  const found = valueTypes[type];
  if (!found) throw new GgufError('its metadata is damaged; fetch it again.');
  return found;
}

class Cursor {
  readonly #bytes: Buffer;
  position: number;

  constructor(bytes: Buffer, position: number) {
    this.#bytes = bytes;
    this.position = position;
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.skip(4));
  }

  /** A 64-bit length, count or offset. Larger than any file can be means that these bytes never were one. */
  count(): number {
    const value = Number(this.#bytes.readBigUInt64LE(this.skip(8)));
    if (value > Number.MAX_SAFE_INTEGER) throw new GgufError('its header is damaged; fetch it again.');
    return value;
  }

  dimensions(): number {
    const value = this.uint32();
    if (value > 8) throw new GgufError('its list of tensors is damaged; fetch it again.');
    return value;
  }

  string(): string {
    const length = this.count();
    const start = this.skip(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  value(type: number): string | number | boolean {
    if (type === stringType) return this.string();
    const { bytes, read } = valueType(type);
    return read(this.#bytes, this.skip(bytes));
  }

  /** Steps over `length` bytes and returns where they began. */
  skip(length: number): number {
    const start = this.position;
    if (start + length > this.#bytes.length) throw new NeedsMoreBytes();
    this.position = start + length;
    return start;
  }
}
