import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchedProgram, mermaid } from '../../src/inference/fetched-program.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';

const text = 'globalThis.mermaid = {};\n';
const program = {
  ...mermaid,
  bytes: text.length,
  sha256: createHash('sha256').update(text).digest('hex'),
};

describe('a program that is fetched when it is first used', () => {
  let folder: string;
  let server: TestServer;
  let served: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tutti-program-'));
    served = text;
    server = await startHttpServer((_, response) => void response.writeHead(200).end(served));
  });

  afterEach(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (allowed = true) =>
    fetchedProgram(program, {
      folder,
      baseUrl: server.url,
      fetch,
      display: {
        confirm: async () => allowed,
        show: (_, work) => work(() => undefined, new AbortController().signal),
      },
    });

  it('is asked for, fetched once and kept', async () => {
    expect(await get(false)).toEqual({ problem: 'Mermaid has not been fetched.' });
    expect(server.seen).toEqual([]);
    const found = await get();
    expect('path' in found && (await readFile(found.path, 'utf8'))).toBe(text);
    expect(await get(false)).toEqual(found);
    expect(server.seen.map(({ path }) => path)).toEqual([`/@mermaid-js/tiny@${mermaid.version}/dist/mermaid.tiny.js`]);
  });

  it('is refused when it is another one', async () => {
    served = text.replace('mermaid', 'mermaiD');
    expect(await get()).toEqual({ problem: expect.stringContaining('checksum') });
    expect(existsSync(join(folder, '@mermaid-js-tiny', mermaid.version, 'program.js'))).toBe(false);
  });

  it('is the one the tests draw with', () => {
    const path = createRequire(import.meta.url).resolve('@mermaid-js/tiny/dist/mermaid.tiny.js');
    const bytes = readFileSync(path);
    expect({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }).toEqual({
      bytes: mermaid.bytes,
      sha256: mermaid.sha256,
    });
  });
});
