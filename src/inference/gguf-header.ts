import { open } from 'node:fs/promises';
import { messageOf } from '../util/message-of.ts';
import { GgufError, type GgufMetadata, NeedsMoreBytes, parseGguf } from './gguf-parser.ts';

/** What a GGUF file says of itself. Absent = it does not say. */
export interface GgufHeader {
  readonly fileBytes: number;
  readonly architecture?: string;
  readonly name?: string;
  readonly license?: string;
  /** Tokens the model was trained to see at once. */
  readonly trainedContext?: number;
  /** Bytes of memory that each token of the context takes. */
  readonly cacheBytesPerToken?: number;
  /** Its vocabulary has tokens for the text before and after the cursor. */
  readonly infill: boolean;
}

/** Enough for the vocabulary of most models. */
const firstRead = 8 * 1024 * 1024;

/**
 * Reads the header and checks that the whole model is in the file.
 * Throws GgufError, in words for the user, where llama.cpp could not load it.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await open(path).catch((error: unknown) => {
    throw new GgufError(`The model file cannot be opened: ${messageOf(error)}`);
  });
  try {
    const { size } = await file.stat();
    for (let length = firstRead; ; length *= 2) {
      const bytes = Buffer.alloc(Math.min(length, size));
      await file.read(bytes, 0, bytes.length, 0);
      const metadata = parsed(bytes, size);
      if (metadata) return headerOf(metadata, size);
    }
  } catch (error) {
    throw error instanceof GgufError ? new GgufError(`${path}: ${error.message}`) : error;
  } finally {
    await file.close();
  }
}

function parsed(bytes: Buffer, fileBytes: number): GgufMetadata | undefined {
  try {
    return parseGguf(bytes, fileBytes);
  } catch (error) {
    if (error instanceof NeedsMoreBytes && bytes.length < fileBytes) return undefined;
    if (error instanceof NeedsMoreBytes) throw new GgufError('the file is cut off or damaged; fetch it again.');
    throw error;
  }
}

function headerOf({ values, infill }: GgufMetadata, fileBytes: number): GgufHeader {
  const architecture = text(values.get('general.architecture'));
  const name = text(values.get('general.name'));
  const license = text(values.get('general.license'));
  const of = (key: string): number | undefined => count(values.get(`${architecture}.${key}`));
  const trainedContext = of('context_length');
  const cacheBytesPerToken = cacheSize(of);
  return {
    fileBytes,
    infill,
    ...(architecture !== undefined && { architecture }),
    ...(name !== undefined && { name }),
    ...(license !== undefined && { license }),
    ...(trainedContext !== undefined && { trainedContext }),
    ...(cacheBytesPerToken !== undefined && { cacheBytesPerToken }),
  };
}

/** Keys and values of every layer, 16 bits each. Models that keep less (sliding windows) come out too high. */
function cacheSize(of: (key: string) => number | undefined): number | undefined {
  const layers = of('block_count');
  const heads = of('attention.head_count');
  const width = of('embedding_length');
  if (!layers || !heads || !width) return undefined;
  const keyLength = of('attention.key_length') ?? width / heads;
  const valueLength = of('attention.value_length') ?? width / heads;
  return layers * (of('attention.head_count_kv') ?? heads) * (keyLength + valueLength) * 2;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}
