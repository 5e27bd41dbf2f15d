import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { developmentFolder } from '../setup/paths.ts';

const compress = promisify(brotliCompress);

/** The path of these bytes as brotli makes them smallest. It takes seconds for a large file, so the result is kept. */
export async function compressed(bytes: Buffer): Promise<string> {
  const folder = join(developmentFolder, 'compressed');
  const kept = join(folder, `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.br`);
  if (await readFile(kept).catch(() => undefined)) return kept;
  const options = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await mkdir(folder, { recursive: true });
  const unfinished = `${kept}.${process.pid}`;
  await writeFile(unfinished, await compress(bytes, { params: options }));
  await rename(unfinished, kept);
  return kept;
}
