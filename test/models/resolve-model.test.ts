import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/llm/model.ts';
import type { ModelFacts } from '../../src/llm/model-facts.ts';
import { readModelSettings } from '../../src/models/model-settings.ts';
import { readProviders } from '../../src/models/provider-config.ts';
import { isError, resolveModel, resolveProvider } from '../../src/models/resolve-model.ts';
import { vendors } from '../../src/providers/vendors.ts';

interface Known {
  readonly catalog?: Readonly<Record<string, ModelFacts>>;
  readonly listed?: ModelFacts;
  readonly settings?: unknown;
}

function resolve(entry: object, id: string, known: Known = {}): Model {
  const [config] = readProviders({ p: entry }).providers;
  if (!config) throw new Error('the entry cannot be read');
  const provider = resolveProvider(config, vendors);
  if (isError(provider)) throw new Error(provider.message);
  const catalog = new Map(Object.entries(known.catalog ?? {}));
  const settings = readModelSettings({ [`p/${id}`]: known.settings }, `p/${id}`);
  return resolveModel(provider, id, { catalog, listed: known.listed }, settings);
}

describe('what is known of a model', () => {
  it('the snapshot counts less than the endpoint, and that less than the user', () => {
    const model = resolve({ vendor: 'groq', models: { m: { tools: false } } }, 'm', {
      catalog: { m: { name: 'M', contextWindow: 1, maxOutputTokens: 1, images: true, tools: true } },
      listed: { contextWindow: 2, maxOutputTokens: 2 },
      settings: { contextWindow: 3 },
    });
    expect(model.facts).toEqual({
      name: 'M',
      contextWindow: 3,
      maxOutputTokens: 2,
      images: true,
      tools: false,
      fim: 'chat',
    });
  });

  it.each<[string, object, ModelFacts | undefined]>([
    [
      'the user',
      { vendor: 'azure', baseUrl: 'https://r.openai.azure.com', models: { team: { model: 'm' } } },
      undefined,
    ],
    ['the endpoint', { vendor: 'azure', baseUrl: 'https://r.openai.azure.com' }, { model: 'm' }],
  ])('%s says which model a deployment is', (_, entry, listed) => {
    const known = { catalog: { m: { contextWindow: 9 } }, ...(listed && { listed }) };
    const model = resolve(entry, 'team', known);
    expect(model).toMatchObject({ id: 'team', facts: { contextWindow: 9, model: 'm' } });
  });

  it('quirks of the model go over those of the vendor, one by one', () => {
    const known: Known = { catalog: { m: { quirks: { thinking: 'type', sampling: false } } } };
    expect(resolve({ vendor: 'mistral' }, 'm', known).endpoint.quirks).toEqual({
      streamUsage: false,
      cacheKey: true,
      completionsPath: 'fim/completions',
      thinking: 'type',
      sampling: false,
    });
  });
});

describe('how a model is spoken to', () => {
  const google = 'https://generativelanguage.googleapis.com/v1beta';
  it.each<[string, object, object]>([
    [
      'as usual with the vendor',
      { vendor: 'google' },
      { chat: 'gemini-native', endpoint: { baseUrl: google, keyHeader: 'x-goog-api-key' } },
    ],
    [
      'as the user says for the provider: at the place and with the key that belong to it',
      { vendor: 'google', chat: 'openai-chat' },
      { chat: 'openai-chat', endpoint: { baseUrl: `${google}/openai`, keyHeader: 'authorization' } },
    ],
    [
      'as the user says for the model, whatever holds for the provider',
      { vendor: 'google', chat: 'openai-chat', models: { m: { chat: 'gemini-native' } } },
      { chat: 'gemini-native', endpoint: { baseUrl: google } },
    ],
    [
      'with the quirks of that wire',
      { vendor: 'openai', models: { m: { chat: 'openai-chat' } } },
      { endpoint: { quirks: { maxTokensField: 'max_completion_tokens', systemRole: 'developer' } } },
    ],
    [
      'over any wire the user names',
      { vendor: 'openai-compatible', baseUrl: 'https://a.example/v1', models: { m: { chat: 'anthropic-messages' } } },
      { chat: 'anthropic-messages', endpoint: { baseUrl: 'https://a.example/v1' } },
    ],
    ['words that name no wire say nothing', { vendor: 'google', chat: 'telepathy' }, { chat: 'gemini-native' }],
    [
      'completions too',
      { vendor: 'ollama', models: { m: { completion: 'openai-completions' } } },
      { chat: 'ollama-chat', completion: 'openai-completions' },
    ],
    [
      'headers of the vendor, under those of the user',
      { vendor: 'openrouter', headers: { 'x-title': 'Mine' } },
      { endpoint: { headers: { 'x-title': 'Mine', 'http-referer': expect.any(String) } } },
    ],
    [
      'an address that names the wire',
      { vendor: 'azure', baseUrl: 'https://r.services.ai.azure.com/anthropic/v1/messages' },
      { chat: 'anthropic-messages', endpoint: { baseUrl: 'https://r.services.ai.azure.com/anthropic' } },
    ],
  ])('%s', (_, entry, expected) => {
    expect(resolve(entry, 'm')).toMatchObject(expected);
  });

  it('a deployment in the address is a model of the provider', () => {
    const url = 'https://r.openai.azure.com/openai/deployments/team/chat/completions?api-version=2024-10-21';
    const [config] = readProviders({ p: { vendor: 'azure', baseUrl: url } }).providers;
    expect(config && resolveProvider(config, vendors)).toMatchObject({
      config: { models: { team: {} } },
      endpoint: { baseUrl: 'https://r.openai.azure.com/openai/v1', keyHeader: 'api-key' },
    });
  });
});
