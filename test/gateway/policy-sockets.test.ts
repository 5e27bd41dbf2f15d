import dns from 'node:dns';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Endpoint } from '../../src/llm/endpoint.ts';
import { Http } from '../../src/providers/http.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { RequestFailed } from '../../src/providers/request-failed.ts';
import { startHttpServer } from '../support/http-server.ts';

const sourceFolder = resolve(import.meta.dirname, '../../src');

/** Every way of a program to reach another machine, by Node, by the web's ways, or by the editor's; and where it may stand. */
const waysOut: readonly (readonly [string, RegExp, readonly string[]])[] = [
  [
    'modules that open sockets',
    /^import (?!type)(?:(?!type).)*? from '(?:node:)?(?:https?|http2|net|tls|dgram|dns|dns\/promises|undici|ws|inspector|cluster)'/gm,
    ['providers/http-exchange.ts', 'providers/http.ts'],
  ],
  ['such modules by another name', /(?:require|import)\(\s*['"](?:node:)?(?:https?|http2|net|tls|dgram|dns)\b/g, []],
  ['requests of the web', /\b(?:new (?:WebSocket|EventSource|XMLHttpRequest)|sendBeacon)\b/g, []],
  // The page fetches from its own folder, and its content security policy lets it nowhere else.
  ['fetch', /(?<![.\w])fetch\(|= fetch\b/g, ['inference/guarded-fetch.ts', 'webview/code/colouring.ts']],
  ['models of other extensions', /\bselectChatModels\b/g, ['host/vscode-lm-stream.ts']],
  ['accounts of the editor', /\bauthentication\.getSession\b/g, ['host/sign-in.ts']],
];

const files = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => relative(sourceFolder, join(sourceFolder, name)));

describe('every way out leads through a door with a guard', () => {
  it.each(waysOut)('%s', (_, way, doors) => {
    const found = files.filter((name) => readFileSync(join(sourceFolder, name), 'utf8').search(way) >= 0);
    expect(found.sort()).toEqual([...doors].sort());
  });
});

describe('the guard stands before the socket', () => {
  const timeouts = { connectMs: 1000, firstTokenMs: 1000, idleMs: 1000 };
  const get = { method: 'GET', headers: {}, timeouts } as const;

  it('who is refused is never connected to, nor its name looked up; a redirect is asked for, too', async () => {
    let requests = 0;
    await using server = await startHttpServer((_, response) => {
      requests += 1;
      response.writeHead(302, { location: '/on' }).end();
    });
    const asked: string[] = [];
    const http = new Http((url) => {
      asked.push(url);
      return url === `${server.url}/first` ? undefined : 'It is not allowed.';
    });
    const never = new AbortController().signal;
    for (const url of [`${server.url}/on`, 'https://name.invalid/', `${server.url}/first`]) {
      const failure = await http.send({ ...get, url }, never).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(RequestFailed);
      expect(failure).toMatchObject({ error: { code: 'policy', message: 'It is not allowed.', retryable: false } });
    }
    expect(requests).toBe(1);
    expect(asked).toHaveLength(4);
    http.close();
  });

  it('a name below localhost is this machine, whatever a name server says', async () => {
    await using server = await startHttpServer((_, response) => void response.end('{}'));
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(() => {
      throw new Error('A name server was asked.');
    });
    const http = new Http();
    const never = new AbortController().signal;
    const { port } = new URL(server.url);
    const { status } = await http.send({ ...get, url: `http://models.localhost:${port}/` }, never);
    expect([status, lookup.mock.calls.length]).toEqual([200, 0]);
    http.close();
    lookup.mockRestore();
  });

  it('discovery and lists go through it, and say why', async () => {
    const providers = openProviders(() => 'It is not allowed.');
    const never = new AbortController().signal;
    expect(await providers.discover('https://name.invalid/v1', undefined, never)).toMatchObject({
      kind: 'nothing',
      error: { code: 'policy' },
    });
    const endpoint: Endpoint = {
      ...{ provider: 'p', vendor: 'v', baseUrl: 'https://name.invalid/v1', keyHeader: 'none' as const, headers: {} },
      ...{ timeouts, quirks: {}, local: false },
    };
    expect(await providers.listModels(endpoint, 'openai', never)).toMatchObject({ error: { code: 'policy' } });
    expect((await providers.probeLocal(never)).every(({ kind }) => kind === 'nothing')).toBe(true);
    providers.close();
  });
});
