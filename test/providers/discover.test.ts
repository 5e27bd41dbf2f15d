import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { Discovery } from '../../src/llm/discovery.ts';
import { usualPlaces } from '../../src/providers/probe-local.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { findVendor } from '../../src/providers/vendors.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';

const providers = openProviders();
afterAll(() => providers.close());
const never = new AbortController().signal;

/** Path → what is answered there; `POST /path` for what is posted. A number is a status, a string a page. */
type Places = Readonly<Record<string, unknown>>;

function serve(places: Places, key?: string): Promise<TestServer> {
  return startHttpServer((request, response) => {
    const path = request.path.replace(/\?.*/, '');
    const answer = places[request.method === 'POST' ? `POST ${path}` : path];
    const isIn = key === undefined || [`Bearer ${key}`, key].includes(String(header(request.headers)));
    if (answer === undefined) response.writeHead(404).end('{"error":{"message":"no such place"}}');
    else if (!isIn) response.writeHead(401).end('{"error":{"message":"wrong key"}}');
    else if (typeof answer === 'number') response.writeHead(answer).end('{"error":{"message":"refused"}}');
    else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
}

const header = (headers: NodeJS.Dict<string | string[]>) => headers['x-api-key'] ?? headers['authorization'];
const list = (entry: object) => ({ object: 'list', data: [{ id: 'm', ...entry }] });

const ollama: Places = {
  '/api/version': { version: '0.13.3' },
  '/api/tags': { models: [{ model: 'coder:7b' }] },
  'POST /api/show': { capabilities: ['completion', 'insert'], model_info: {} },
  '/v1/models': list({ owned_by: 'library' }),
};
const lmstudio: Places = {
  '/api/v1/models': { models: [{ key: 'm', max_context_length: 4096 }] },
  '/v1/models': list({ owned_by: 'organization_owner' }),
};
const llamacpp: Places = {
  '/props': { default_generation_settings: { n_ctx: 2048 } },
  '/v1/models': list({ owned_by: 'llamacpp', meta: { n_ctx: 8192 } }),
};
const vllm: Places = { '/v1/models': list({ owned_by: 'vllm', max_model_len: 16384 }) };
const litellm: Places = {
  '/health/readiness': { status: 'healthy', litellm_version: '1.80' },
  '/model/info': { data: [{ model_name: 'm', model_info: { max_input_tokens: 9000 } }] },
  '/v1/models': list({ owned_by: 'openai' }),
};

describe('who answers at an address', () => {
  it.each<[string, Places, string, object]>([
    ['Ollama', ollama, '/v1', { vendor: { id: 'ollama' }, models: [{ id: 'coder:7b', facts: { fim: 'infill' } }] }],
    ['Ollama, bare', ollama, '', { vendor: { id: 'ollama' } }],
    ['LM Studio', lmstudio, '', { vendor: { id: 'lmstudio' }, models: [{ facts: { contextWindow: 4096 } }] }],
    ['llama.cpp', llamacpp, '/v1', { vendor: { id: 'llamacpp' }, models: [{ facts: { contextWindow: 2048 } }] }],
    ['vLLM', vllm, '', { vendor: { id: 'vllm' }, models: [{ facts: { contextWindow: 16384 } }] }],
    [
      'Docker Model Runner',
      { '/engines/v1/models': list({ owned_by: 'docker' }) },
      '/engines/v1',
      { vendor: { id: 'docker' } },
    ],
    ['SGLang', { '/v1/models': list({ owned_by: 'sglang' }) }, '', { vendor: { id: 'sglang' } }],
    ['LiteLLM', litellm, '', { vendor: { id: 'litellm' }, models: [{ facts: { contextWindow: 9000 } }] }],
    [
      'an OpenAI-compatible server',
      { '/deep/v1/models': list({}) },
      '/deep/v1',
      { vendor: { id: 'openai-compatible' }, models: [{ id: 'm' }] },
    ],
    [
      'an Anthropic-compatible server',
      { '/v1/models': list({ type: 'model', display_name: 'M' }) },
      '',
      { vendor: { id: 'anthropic-compatible' }, models: [{ id: 'm', facts: { name: 'M' } }] },
    ],
    [
      'a server without a list that knows chats',
      { 'POST /v1/chat/completions': 400 },
      '/v1',
      { vendor: { id: 'openai-compatible' }, models: [], problem: { code: 'not-found' } },
    ],
    [
      'a server without a list that knows messages',
      { 'POST /anthropic/v1/messages': 400 },
      '/anthropic',
      { vendor: { id: 'anthropic-compatible' }, models: [], problem: { code: 'not-found' } },
    ],
  ])('%s', async (_, places, path, expected) => {
    await using server = await serve(places);
    expect(await providers.discover(server.url + path, undefined, never)).toMatchObject({
      kind: 'server',
      ...expected,
    });
  });

  it.each([
    ['the whole path of a chat', '/v1/chat/completions', '/v1'],
    ['a base without its version', '', '/v1'],
    ['a page of the server', '/docs/index', '/v1'],
    ['slashes and blanks around it', '/v1// ', '/v1'],
  ])('%s leads to the base', async (_, path, base) => {
    await using server = await serve(vllm);
    expect(await providers.discover(server.url + path, undefined, never)).toMatchObject({
      baseUrl: server.url + base,
      models: [{ id: 'm' }],
    });
  });

  it('a host of the table is its vendor, whatever row was chosen', async () => {
    const aborted = AbortSignal.abort();
    expect(await providers.discover('https://api.groq.com/somewhere', 'k', aborted)).toMatchObject({
      kind: 'server',
      vendor: { id: 'groq' },
      baseUrl: 'https://api.groq.com/openai/v1',
      problem: {},
    });
  });

  it('a list alone is read as the row that was guessed; a server that shows itself is not', async () => {
    const guess = findVendor('anthropic-compatible');
    await using plain = await serve({ '/v1/models': list({}) });
    expect(await providers.discover(plain.url, undefined, never, guess)).toMatchObject({
      vendor: { id: 'anthropic-compatible' },
      models: [{ id: 'm' }],
    });
    await using shown = await serve(vllm);
    expect(await providers.discover(shown.url, undefined, never, guess)).toMatchObject({ vendor: { id: 'vllm' } });
  });

  it('one door for all is read as the row that was guessed', async () => {
    await using server = await startHttpServer((request, response) => {
      response.writeHead(request.method === 'POST' ? 400 : 404).end('{"error":{"message":"no"}}');
    });
    const found = await providers.discover(server.url, undefined, never, findVendor('anthropic-compatible'));
    expect(found).toMatchObject({ vendor: { id: 'anthropic-compatible' }, problem: { code: 'not-found' } });
  });

  it('the key opens the list, and is not shown to places beside it', async () => {
    await using server = await serve(vllm, 'sk-12345678');
    expect(await providers.discover(`${server.url}/v1`, 'sk-12345678', never)).toMatchObject({ models: [{ id: 'm' }] });
    const shownAt = server.seen.filter(({ headers }) => header(headers) !== undefined).map(({ path }) => path);
    expect(new Set(shownAt)).toEqual(new Set(['/v1/models']));
  });

  it('a refused key is told, and that somebody is there', async () => {
    await using server = await serve({ ...vllm, 'POST /v1/chat/completions': 400 }, 'sk-right-key');
    const found = await providers.discover(server.url, 'sk-wrong-key', never);
    expect(found).toMatchObject({ kind: 'server', models: [], problem: { code: 'authentication' } });
    expect(JSON.stringify(found)).not.toContain('sk-wrong-key');
  });
});

describe('why nothing was found', () => {
  const errorOf = (found: Discovery) => (found.kind === 'nothing' ? found.error : found);

  it.each([
    ['nobody listens', 'http://127.0.0.1:1', { code: 'connection-refused', url: 'http://127.0.0.1:1/v1/models' }],
    ['no such host', 'http://no-such-host.invalid/v1', { code: 'host-not-found' }],
    ['no address at all', 'localhost 11434', { code: 'not-an-api' }],
    ['another kind of address', 'ftp://example.com', { code: 'not-an-api' }],
  ])('%s', async (_, address, error) => {
    expect(errorOf(await providers.discover(address, undefined, never))).toMatchObject(error);
  });

  it.each<[string, Places, object]>([
    ['no such path', {}, { code: 'not-found', status: 404 }],
    ['a web page', { '/v1/models': '<html><title>Router login</title>' }, { code: 'not-an-api' }],
    ['a proxy that wants a name', { '/v1/models': 407 }, { status: 407 }],
  ])('%s', async (_, places, error) => {
    await using server = await serve(places);
    expect(errorOf(await providers.discover(`${server.url}/v1`, undefined, never))).toMatchObject(error);
  });

  it('TLS where there is none', async () => {
    await using server = await serve(vllm);
    const found = await providers.discover(server.url.replace('http:', 'https:'), undefined, never);
    expect(errorOf(found)).toMatchObject({ code: 'tls' });
  });

  it('something that is no web server', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const found = await providers.discover(`http://127.0.0.1:${port}`, undefined, never);
    server.close();
    expect(errorOf(found)).toMatchObject({ code: 'not-an-api' });
  });

  it('an abort', async () => {
    await using server = await startHttpServer(() => undefined);
    const found = await providers.discover(server.url, undefined, AbortSignal.timeout(50));
    expect(found.kind).toBe('nothing');
  });
});

describe('what runs on this computer', () => {
  it('is told place by place', async () => {
    await using first = await serve(ollama);
    await using second = await serve(llamacpp);
    const places = [first.url, 'http://127.0.0.1:1/v1', `${second.url}/v1`].map((url) => ({ url }));
    const found = await providers.probeLocal(never, { places });
    expect(found.map((one) => (one.kind === 'server' ? one.vendor.id : one.error.code))).toEqual([
      'ollama',
      'connection-refused',
      'llamacpp',
    ]);
  });

  it('is looked for at each place once, in a container at the host around it as well', () => {
    const here = usualPlaces().map(({ url }) => url);
    expect(here).toContain('http://127.0.0.1:11434');
    expect(here.filter((url) => url.includes(':8080'))).toEqual(['http://127.0.0.1:8080/v1']);
    const inside = usualPlaces(['host.docker.internal']).map(({ url }) => url);
    expect(inside).toEqual(
      expect.arrayContaining([
        ...here,
        'http://host.docker.internal:11434',
        'http://model-runner.docker.internal/engines/v1',
      ]),
    );
  });

  it('and at places of the user’s own besides, none of them twice', async () => {
    await using server = await serve(ollama);
    const places = [{ url: server.url }];
    const besides = [server.url.replace('127.0.0.1', 'localhost'), 'http://127.0.0.1:1'];
    const found = await providers.probeLocal(never, { places, besides });
    expect(found.map(({ kind }) => kind)).toEqual(['server', 'nothing']);
  });
});
