import { afterAll, describe, expect, it } from 'vitest';
import type { PullReport } from '../../src/llm/pull.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { startHttpServer } from '../support/http-server.ts';
import { startOllama } from '../support/ollama-server.ts';
import { endpointAt } from './ask.ts';

const providers = openProviders();
afterAll(() => providers.close());
const never = new AbortController().signal;
const ignore: PullReport = () => undefined;

describe('a model that a server is told to fetch', () => {
  it('comes, and says how far it is over all its layers', async () => {
    await using server = await startOllama({ models: [], layers: [1000, 500] });
    const told: string[] = [];
    const report: PullReport = ({ received, bytes }) => told.push(`${received}/${bytes}`);
    const outcome = await providers.pull(endpointAt(`${server.url}/v1`), 'ollama', 'tiny:1b', report, never);
    expect(outcome).toEqual({ kind: 'complete' });
    expect([...server.models]).toEqual(['tiny:1b']);
    expect(told).toEqual(expect.arrayContaining(['500/1000', '1000/1000', '1250/1500', '1500/1500']));
  });

  it('is given up when the user cancels, and the server is told by the closed connection', async () => {
    const cancel = new AbortController();
    const held = Promise.withResolvers<void>();
    let lines = 0;
    await using server = await startOllama({
      models: [],
      layers: [1000],
      beforeLine: () => (++lines > 2 ? held.promise : Promise.resolve()),
    });
    const outcome = providers.pull(
      endpointAt(server.url),
      'ollama',
      'tiny:1b',
      ({ bytes }) => bytes > 0 && cancel.abort(),
      cancel.signal,
    );
    expect(await outcome).toEqual({ kind: 'aborted' });
    await expect.poll(() => server.seen[0]?.abortedAt).toBeDefined();
    held.resolve();
    expect([...server.models]).toEqual([]);
  });

  it.each<[string, (url: string) => string, object]>([
    ['there is none of that name', (url) => url, { message: expect.stringContaining('file does not exist') }],
    ['nobody listens', () => 'http://127.0.0.1:1', { code: 'connection-refused' }],
  ])('does not come where %s', async (_, addressOf, error) => {
    await using server = await startOllama({ models: [] });
    const endpoint = endpointAt(addressOf(server.url));
    const outcome = await providers.pull(endpoint, 'ollama', 'no-such:1b', ignore, never);
    expect(outcome).toMatchObject({ kind: 'failed', error });
  });

  it.each<[string, number, string, object]>([
    ['refuses', 500, '{"error":"no space left on device"}', { code: 'server', message: 'no space left on device' }],
    ['stops in the middle', 200, '{"status":"pulling manifest"}\n', { code: 'stream-cut' }],
    ['is an older one', 404, '404 page not found', { code: 'not-found' }],
  ])('does not come where the server %s', async (_, status, body, error) => {
    await using server = await startHttpServer((__, response) => void response.writeHead(status).end(body));
    const outcome = await providers.pull(endpointAt(server.url), 'ollama', 'tiny:1b', ignore, never);
    expect(outcome).toMatchObject({ kind: 'failed', error });
  });
});
