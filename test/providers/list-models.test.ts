import { afterAll, describe, expect, it } from 'vitest';
import type { HttpList, ListedModel } from '../../src/llm/vendor.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { startHttpServer } from '../support/http-server.ts';
import { endpointAt } from './ask.ts';
import { bytesOf, haveRecordings, recordings } from './recordings.ts';

const providers = openProviders();
afterAll(() => providers.close());
const never = new AbortController().signal;

interface Case {
  readonly name: string;
  readonly list?: HttpList;
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
    name: 'models that write no text are passed over',
    body: [
      { id: 'a', type: 'chat' },
      { id: 'b', type: 'embedding' },
      { id: 'c', type: 'image' },
    ],
    models: [{ id: 'a', facts: {} }],
  },
  {
    name: 'Moonshot',
    body: { data: [{ id: 'kimi', context_length: 262144, supports_image_in: true }] },
    models: [{ id: 'kimi', facts: { contextWindow: 262144, images: true } }],
  },
  {
    name: 'Hugging Face: what fits whoever serves it, at the highest price',
    body: {
      data: [
        {
          id: 'org/model',
          architecture: { input_modalities: ['text'] },
          providers: [
            { provider: 'a', context_length: 131072, pricing: { input: 0.1, output: 0.3 }, supports_tools: false },
            { provider: 'b', context_length: 65536, pricing: { input: 0.2, output: 0.6 }, supports_tools: true },
            { provider: 'c' },
          ],
        },
      ],
    },
    models: [
      {
        id: 'org/model',
        facts: { contextWindow: 65536, images: false, tools: true, price: { input: 0.2, output: 0.6 } },
      },
    ],
  },
  {
    name: 'xAI',
    list: 'xai',
    body: {
      models: [
        {
          id: 'grok',
          input_modalities: ['text', 'image'],
          prompt_text_token_price: 20000,
          cached_prompt_text_token_price: 5000,
          completion_text_token_price: 60000,
        },
      ],
    },
    models: [{ id: 'grok', facts: { images: true, price: { input: 2, output: 6, cachedInput: 0.5 } } }],
  },
  {
    name: 'Azure: a deployment is not its model',
    list: 'azure',
    body: { data: [{ id: 'team-gpt', model: 'gpt-4o', status: 'succeeded' }] },
    models: [{ id: 'team-gpt', facts: { model: 'gpt-4o' } }],
  },
  {
    name: 'LiteLLM',
    list: 'litellm',
    body: {
      data: [
        {
          model_name: 'fast',
          model_info: {
            max_input_tokens: 128000,
            max_output_tokens: 8192,
            input_cost_per_token: 0.00000015,
            output_cost_per_token: 0.0000006,
            supports_vision: true,
            supports_function_calling: true,
          },
        },
      ],
    },
    models: [
      {
        id: 'fast',
        facts: {
          contextWindow: 128000,
          maxOutputTokens: 8192,
          images: true,
          tools: true,
          price: { input: 0.15, output: 0.6 },
        },
      },
    ],
  },
  {
    name: 'LM Studio: the window a model is loaded with',
    list: 'lmstudio',
    body: {
      models: [
        {
          type: 'llm',
          key: 'qwen/coder',
          display_name: 'Coder',
          size_bytes: 4000,
          max_context_length: 131072,
          loaded_instances: [{ id: 'x', config: { context_length: 8192 } }],
          capabilities: { vision: false, trained_for_tool_use: true },
        },
        { type: 'llm', key: 'resting', max_context_length: 32768, loaded_instances: [] },
        { type: 'embedding', key: 'nomic' },
      ],
    },
    models: [
      {
        id: 'qwen/coder',
        facts: { name: 'Coder', contextWindow: 8192, images: false, tools: true, fileBytes: 4000 },
      },
      { id: 'resting', facts: { contextWindow: 32768 } },
    ],
  },
  {
    name: 'Gemini',
    list: 'gemini',
    body: {
      models: [
        {
          name: 'models/gemini-9',
          displayName: 'Gemini 9',
          inputTokenLimit: 1048576,
          outputTokenLimit: 65536,
          supportedGenerationMethods: ['generateContent', 'countTokens'],
          thinking: true,
        },
        { name: 'models/embedder', supportedGenerationMethods: ['embedContent'] },
      ],
    },
    models: [{ id: 'gemini-9', facts: { name: 'Gemini 9', contextWindow: 1048576, maxOutputTokens: 65536 } }],
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

  it.each<[HttpList, ...string[]]>([
    ['xai', '/v1/language-models'],
    ['azure', '/openai/deployments?api-version=2023-03-15-preview'],
    ['litellm', '/model/info'],
    ['lmstudio', '/api/v1/models', '/api/v0/models'],
  ])('%s: the plain list, where the server has none of its own', async (list, ...ownPlaces) => {
    await using server = await startHttpServer((request, response) => {
      if (request.path === '/v1/models') response.end('{"data":[{"id":"a"}]}');
      else response.writeHead(404).end('{"error":"no such place"}');
    });
    expect(await providers.listModels(endpointAt(`${server.url}/v1`), list, never)).toEqual({
      models: [{ id: 'a', facts: {} }],
    });
    expect(server.seen.map(({ path }) => path)).toEqual([...ownPlaces, '/v1/models']);
  });

  it('a refused key is told at once, not tried elsewhere', async () => {
    await using server = await startHttpServer((_, response) => void response.writeHead(401).end('{}'));
    const answer = await providers.listModels(endpointAt(server.url), 'litellm', never);
    expect(answer).toMatchObject({ error: { code: 'authentication' } });
    expect(server.seen).toHaveLength(1);
  });

  it('Ollama is asked what each model can; one that cannot say stays, one that only makes vectors goes', async () => {
    const shown: Readonly<Record<string, unknown>> = {
      'coder:7b': {
        capabilities: ['completion', 'tools', 'insert'],
        model_info: { 'general.architecture': 'qwen2', 'qwen2.context_length': 32768 },
      },
      'thinker:8b': { capabilities: ['completion', 'thinking', 'vision'] },
      'nomic:v1': { capabilities: ['embedding'] },
    };
    await using server = await startHttpServer((request, response) => {
      if (request.path === '/api/tags') {
        const names = [...Object.keys(shown), 'old:1b'];
        return void response.end(JSON.stringify({ models: names.map((model) => ({ model, size: 7 })) }));
      }
      if (request.path === '/api/ps') return void response.writeHead(404).end('404 page not found');
      const { model } = JSON.parse(request.body) as { model: string };
      if (shown[model] === undefined) response.writeHead(500).end('{"error":"broken"}');
      else response.end(JSON.stringify(shown[model]));
    });
    expect(await providers.listModels(endpointAt(`${server.url}/v1`), 'ollama', never)).toEqual({
      models: [
        {
          id: 'coder:7b',
          facts: {
            fileBytes: 7,
            contextWindow: 32768,
            tools: true,
            images: false,
            reasoningEfforts: [],
            fim: 'infill',
          },
        },
        { id: 'thinker:8b', facts: { fileBytes: 7, tools: false, images: true, fim: 'chat' } },
        { id: 'old:1b', facts: { fileBytes: 7 } },
      ],
    });
  });

  it.each<[string, HttpList, Readonly<Record<string, unknown>>, number]>([
    [
      'Ollama runs it with less',
      'ollama',
      {
        '/api/tags': { models: [{ model: 'a' }] },
        '/api/ps': { models: [{ model: 'a', context_length: 4096 }] },
        '/api/show': {
          model_info: { 'general.architecture': 'q', 'q.context_length': 32768 },
          parameters: 'num_ctx 8192',
        },
      },
      4096,
    ],
    [
      'Ollama will run it with what its file says',
      'ollama',
      {
        '/api/tags': { models: [{ model: 'a' }] },
        '/api/ps': { models: [] },
        '/api/show': {
          model_info: { 'general.architecture': 'q', 'q.context_length': 32768 },
          parameters: 'stop   "<end>"\nnum_ctx   8192',
        },
      },
      8192,
    ],
    [
      'an earlier LM Studio has it loaded with less',
      'lmstudio',
      {
        '/api/v0/models': {
          data: [{ id: 'a', type: 'llm', max_context_length: 131072, loaded_context_length: 8000, state: 'loaded' }],
        },
      },
      8000,
    ],
    [
      'an earlier LM Studio could load it so',
      'lmstudio',
      { '/api/v0/models': { data: [{ id: 'a', type: 'llm', max_context_length: 131072, state: 'not-loaded' }] } },
      131072,
    ],
    [
      'vLLM was started with less',
      'openai',
      { '/v1/models': { data: [{ id: 'a', owned_by: 'vllm', max_model_len: 16384 }] } },
      16384,
    ],
    [
      'Docker is set to run it so',
      'docker',
      {
        '/v1/models': { data: [{ id: 'ai/a', owned_by: 'docker' }] },
        '/models': [{ id: 'sha256:1', tags: ['docker.io/ai/a:latest'], config: { context_size: 4096 } }],
      },
      4096,
    ],
  ])('the context that a request really has: %s', async (_, list, places, contextWindow) => {
    await using server = await startHttpServer(({ path }, response) => {
      const answer = places[path];
      if (answer === undefined) response.writeHead(404);
      response.end(answer === undefined ? '{}' : JSON.stringify(answer));
    });
    expect(await providers.listModels(endpointAt(`${server.url}/v1`), list, never)).toMatchObject({
      models: [{ facts: { contextWindow } }],
    });
  });

  it('llama.cpp: a request gets a slot, whatever the list says; a server without properties keeps its list', async () => {
    let hasProperties = true;
    await using server = await startHttpServer((request, response) => {
      if (request.path === '/v1/models') response.end('{"data":[{"id":"a","meta":{"n_ctx":8192}}]}');
      else if (hasProperties && request.path === '/props')
        response.end('{"default_generation_settings":{"n_ctx":4096},"modalities":{"vision":true}}');
      else response.writeHead(404).end('{}');
    });
    const endpoint = endpointAt(`${server.url}/v1`);
    expect(await providers.listModels(endpoint, 'llamacpp', never)).toEqual({
      models: [{ id: 'a', facts: { contextWindow: 4096, images: true } }],
    });
    hasProperties = false;
    expect(await providers.listModels(endpoint, 'llamacpp', never)).toEqual({
      models: [{ id: 'a', facts: { contextWindow: 8192 } }],
    });
  });

  it.each([
    [
      'has none',
      501,
      '{"error":{"code":501,"message":"Infill is not supported by this model: prefix token is missing. "}}',
      'chat',
    ],
    ['has some', 400, '{"error":{"code":400,"message":"\\"input_extra\\" must be an array"}}', 'infill'],
    ['does not say', 404, '{}', undefined],
  ] as const)('llama.cpp tells whether its model has tokens for the middle: %s', async (_, status, refusal, fim) => {
    await using server = await startHttpServer((request, response) => {
      if (request.path === '/v1/models') response.end('{"data":[{"id":"a"}]}');
      else if (request.path === '/props') response.end('{"default_generation_settings":{"n_ctx":4096}}');
      else response.writeHead(status).end(refusal);
    });
    expect(await providers.listModels(endpointAt(`${server.url}/v1`), 'llamacpp', never)).toEqual({
      models: [{ id: 'a', facts: { contextWindow: 4096, ...(fim && { fim }) } }],
    });
  });

  it('reads on where Gemini has more', async () => {
    await using server = await startHttpServer((request, response) => {
      const isFirst = !request.path.includes('pageToken');
      response.end(JSON.stringify({ models: [{ name: isFirst ? 'a' : 'b' }], nextPageToken: isFirst ? 'p2' : '' }));
    });
    const endpoint = endpointAt(`${server.url}/v1beta`, { apiKey: 'k', keyHeader: 'x-goog-api-key' });
    expect(await providers.listModels(endpoint, 'gemini', never)).toMatchObject({ models: [{ id: 'a' }, { id: 'b' }] });
    expect(server.seen).toMatchObject([
      { path: '/v1beta/models?pageSize=1000', headers: { 'x-goog-api-key': 'k' } },
      { path: '/v1beta/models?pageSize=1000&pageToken=p2' },
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
