import { afterAll, describe, expect, it } from 'vitest';
import type { ListedModel } from '../../src/llm/vendor.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { startHttpServer } from '../support/http-server.ts';
import { endpointAt } from './ask.ts';
import { bytesOf, haveRecordings, recordings } from './recordings.ts';

const providers = openProviders();
afterAll(() => providers.close());
const never = new AbortController().signal;

interface Case {
  readonly name: string;
  readonly list?: 'openai' | 'anthropic';
  readonly body: unknown;
  readonly models: readonly ListedModel[];
}

const cases: readonly Case[] = [
  {
    name: 'bare ids',
    body: { object: 'list', data: [{ id: 'a' }, { id: 'b' }] },
    models: [
      { id: 'a', facts: {} },
      { id: 'b', facts: {} },
    ],
  },
  { name: 'a bare list', body: [{ id: 'a' }], models: [{ id: 'a', facts: {} }] },
  {
    name: 'entries that are none are passed over',
    body: { data: [null, 3, {}, { id: '' }, { id: 'a' }] },
    models: [{ id: 'a', facts: {} }],
  },
  {
    name: 'an id that comes twice is one model',
    body: { data: [{ id: 'a' }, { id: 'a' }] },
    models: [{ id: 'a', facts: {} }],
  },
  {
    name: 'vLLM',
    body: { data: [{ id: 'a', max_model_len: 4096 }] },
    models: [{ id: 'a', facts: { contextWindow: 4096 } }],
  },
  {
    name: 'Groq',
    body: { data: [{ id: 'a', context_window: 131072, max_completion_tokens: 8192 }] },
    models: [{ id: 'a', facts: { contextWindow: 131072, maxOutputTokens: 8192 } }],
  },
  {
    name: 'llama.cpp',
    body: { data: [{ id: 'a', meta: { n_ctx: 4096, n_ctx_train: 32768 } }] },
    models: [{ id: 'a', facts: { contextWindow: 4096 } }],
  },
  {
    name: 'Mistral',
    body: {
      data: [
        {
          id: 'codestral',
          max_context_length: 256000,
          capabilities: { completion_fim: true, function_calling: true, vision: false },
        },
      ],
    },
    models: [{ id: 'codestral', facts: { contextWindow: 256000, images: false, tools: true, fim: 'infill' } }],
  },
  {
    name: 'Together',
    body: [{ id: 'a', display_name: 'A', context_length: 8192, pricing: { input: 0.2, output: 0.6 } }],
    models: [{ id: 'a', facts: { name: 'A', contextWindow: 8192, price: { input: 0.2, output: 0.6 } } }],
  },
  {
    name: 'a price for one token is told for a million, without the dust of binary fractions',
    body: { data: [{ id: 'a', pricing: { prompt: '0.00000005', completion: '0.0000002' } }] },
    models: [{ id: 'a', facts: { price: { input: 0.05, output: 0.2 } } }],
  },
  {
    name: 'a price that depends is unknown',
    body: { data: [{ id: 'auto', pricing: { prompt: '-1', completion: '-1' } }] },
    models: [{ id: 'auto', facts: {} }],
  },
  {
    name: 'Anthropic',
    list: 'anthropic',
    body: {
      data: [
        {
          id: 'claude',
          display_name: 'Claude',
          max_input_tokens: 200000,
          max_tokens: 64000,
          capabilities: {
            image_input: { supported: true },
            effort: { supported: true, low: { supported: true }, high: { supported: true }, xhigh: null },
          },
        },
      ],
      has_more: false,
    },
    models: [
      {
        id: 'claude',
        facts: {
          name: 'Claude',
          contextWindow: 200000,
          maxOutputTokens: 64000,
          images: true,
          reasoningEfforts: ['low', 'high'],
        },
      },
    ],
  },
];

describe('lists of models', () => {
  it.each(cases)('$name', async ({ body, models, list = 'openai' }) => {
    await using server = await startHttpServer((_, response) => void response.end(JSON.stringify(body)));
    expect(await providers.listModels(endpointAt(server.url), list, never)).toEqual({ models });
  });

  it('asks with the key, at the place of the protocol', async () => {
    await using server = await startHttpServer((_, response) => void response.end('{"data":[]}'));
    await providers.listModels(endpointAt(`${server.url}/v1`, { apiKey: 'k' }), 'openai', never);
    await providers.listModels(endpointAt(server.url, { apiKey: 'k', keyHeader: 'x-api-key' }), 'anthropic', never);
    expect(server.seen).toMatchObject([
      { method: 'GET', path: '/v1/models', headers: { authorization: 'Bearer k' }, body: '' },
      {
        method: 'GET',
        path: '/v1/models?limit=1000',
        headers: { 'x-api-key': 'k', 'anthropic-version': '2023-06-01' },
      },
    ]);
  });

  it('reads on where there is more', async () => {
    await using server = await startHttpServer((request, response) => {
      const more = !request.path.includes('after_id');
      response.end(JSON.stringify({ data: [{ id: more ? 'a' : 'b' }], has_more: more, last_id: 'a' }));
    });
    const answer = await providers.listModels(endpointAt(server.url), 'anthropic', never);
    expect(answer).toMatchObject({ models: [{ id: 'a' }, { id: 'b' }] });
    expect(server.seen[1]?.path).toBe('/v1/models?limit=1000&after_id=a');
  });

  it.each([
    [
      'a refused key',
      401,
      '{"error":{"message":"bad key sk-12345678"}}',
      { code: 'authentication', message: 'bad key …' },
    ],
    ['a web page', 200, '<html><title>Hello</title>', { code: 'not-an-api' }],
    ['no list', 200, '{"ok":true}', { code: 'malformed-response' }],
    ['no JSON', 200, 'hello', { code: 'malformed-response' }],
    ['no such place', 404, '{"detail":"Not Found"}', { code: 'not-found' }],
  ] as const)('%s is an error', async (_, status, body, error) => {
    await using server = await startHttpServer((_, response) => void response.writeHead(status).end(body));
    const answer = await providers.listModels(endpointAt(server.url, { apiKey: 'sk-12345678' }), 'openai', never);
    expect(answer).toMatchObject({ error });
  });

  it('nobody there is an error, and so is an abort', async () => {
    expect(await providers.listModels(endpointAt('http://127.0.0.1:1'), 'openai', never)).toMatchObject({
      error: { code: 'connection-refused' },
    });
    await using server = await startHttpServer(() => undefined);
    const answer = await providers.listModels(endpointAt(server.url), 'openai', AbortSignal.timeout(50));
    expect(answer).toMatchObject({ error: { code: 'connection-lost' } });
  });
});

describe.runIf(haveRecordings)('recorded lists of models', () => {
  it.each(recordings((row) => row.kind === 'model').map((row) => [row.file, row] as const))('%s', async (_, row) => {
    await using server = await startHttpServer((_, response) => void response.end(bytesOf(row)));
    const answer = await providers.listModels(endpointAt(server.url), 'openai', never);
    const ids = (JSON.parse(bytesOf(row).toString()) as { data: { id: string }[] }).data.map(({ id }) => id);
    expect('models' in answer ? answer.models.map(({ id }) => id) : answer).toEqual(ids);
  });

  it.each([
    [
      'openrouter',
      {
        name: 'Anthropic: Claude Sonnet 4',
        contextWindow: 1_000_000,
        maxOutputTokens: 64_000,
        images: true,
        tools: true,
        price: { input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75 },
      },
    ],
    ['perplexity', { price: { input: 10, output: 50, cachedInput: 1, cacheWrite: 12.5 } }],
    ['cerebras', {}],
  ] as const)('%s: what it says of its first model', async (vendor, facts) => {
    const [row] = recordings((candidate) => candidate.kind === 'model' && candidate.vendor === vendor);
    await using server = await startHttpServer((_, response) => void response.end(row ? bytesOf(row) : ''));
    const answer = await providers.listModels(endpointAt(server.url), 'openai', never);
    expect('models' in answer ? answer.models[0]?.facts : answer).toEqual(facts);
  });
});
