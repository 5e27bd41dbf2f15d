import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGgufHeader } from '../../src/inference/gguf-header.ts';
import { GgufError } from '../../src/inference/gguf-parser.ts';
import { type GgufValue, writeGguf } from '../support/gguf-writer.ts';
import { scriptedModel } from '../support/make-gguf.ts';

const whole = scriptedModel();
const weight = { name: 'weight', dimensions: [4, 2], data: new Float32Array(8) };
const architecture: GgufValue = { type: 'string', value: 'llama' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-gguf-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function headerOf(bytes: Buffer) {
  const path = join(folder, `${crypto.randomUUID()}.gguf`);
  await writeFile(path, bytes);
  return await readGgufHeader(path);
}

function changed(change: (bytes: Buffer) => void): Buffer {
  const copy = Buffer.from(whole);
  change(copy);
  return copy;
}

describe('the header of a GGUF file', () => {
  it('tells what the model is and what memory it needs', async () => {
    expect(await headerOf(whole)).toEqual({
      fileBytes: whole.length,
      architecture: 'llama',
      name: 'tiny-scripted',
      trainedContext: 4096,
      // 1 layer, 320 wide, keys and values, 2 bytes each.
      cacheBytesPerToken: 1280,
      infill: true,
    });
  });

  it('says that a model without hole-filling tokens cannot fill holes', async () => {
    const tokens: GgufValue = { type: 'strings', value: ['a', '<|im_start|>'] };
    const bytes = writeGguf({ 'general.architecture': architecture, 'tokenizer.ggml.tokens': tokens }, [weight]);
    expect((await headerOf(bytes)).infill).toBe(false);
  });

  it('is read whole when it is longer than one read', async () => {
    const tokens: GgufValue = { type: 'strings', value: ['x'.repeat(9_000_000), '<|fim_prefix|>'] };
    const bytes = writeGguf({ 'general.architecture': architecture, 'tokenizer.ggml.tokens': tokens }, [weight]);
    expect((await headerOf(bytes)).infill).toBe(true);
  });

  it.each<[string, Buffer, RegExp]>([
    ['an empty file', Buffer.alloc(0), /not a GGUF file/],
    ['an HTML page saved as a model', Buffer.from('<!doctype html><title>404</title>'), /not a GGUF file/],
    ['a format version of the future', changed((bytes) => bytes.writeUInt32LE(9, 4)), /version 9 is not supported/],
    ['a big-endian file', changed((bytes) => bytes.writeUInt32BE(3, 4)), /version 50331648 is not supported/],
    ['a file cut off in the header', whole.subarray(0, 1000), /cut off or damaged/],
    [
      'a file cut off in the weights',
      whole.subarray(0, whole.length - 1),
      /cut off: \d+ bytes are needed, \d+ are there/,
    ],
    ['a count that cannot be', changed((bytes) => bytes.writeBigUInt64LE(2n ** 60n, 16)), /damaged/],
    [
      'a value type that cannot be',
      changed((bytes) => bytes.writeUInt32LE(77, 24 + 8 + 'general.architecture'.length)),
      /metadata is damaged/,
    ],
    ['a file without weights', writeGguf({ 'general.architecture': architecture }, []), /holds no weights/],
    ['a file of no architecture', writeGguf({}, [weight]), /does not name a model architecture/],
  ])('%s is refused in words', async (_, bytes, message) => {
    const refusal = await headerOf(bytes).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(GgufError);
    expect(String(refusal)).toMatch(message);
  });

  it('of a file that does not exist is refused in words', async () => {
    await expect(readGgufHeader(join(folder, 'nowhere.gguf'))).rejects.toThrow(/cannot be opened.*nowhere\.gguf/);
  });
});
