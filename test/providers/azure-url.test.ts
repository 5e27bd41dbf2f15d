import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/llm/vendor.ts';
import { readAzureAddress } from '../../src/providers/azure-url.ts';

const openai = 'https://res.openai.azure.com/openai/v1';
const foundry = 'https://res.services.ai.azure.com/openai/v1';

describe('addresses of Azure', () => {
  it.each<[string, Address]>([
    ['https://res.openai.azure.com', { baseUrl: openai }],
    ['https://res.openai.azure.com/', { baseUrl: openai }],
    ['https://res.openai.azure.com/openai/v1/', { baseUrl: openai }],
    ['https://res.openai.azure.com/openai/v1/responses', { baseUrl: openai }],
    ['https://res.openai.azure.com/openai/responses?api-version=2025-04-01-preview', { baseUrl: openai }],
    [
      'https://res.openai.azure.com/openai/v1/chat/completions?api-version=preview',
      { baseUrl: openai, chat: 'openai-chat' },
    ],
    [
      'https://res.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21',
      { baseUrl: openai, chat: 'openai-chat', model: 'my gpt' },
    ],
    ['https://res.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21', { baseUrl: openai, model: 'gpt' }],
    [
      'https://res.cognitiveservices.azure.com/openai/deployments/d/chat/completions?api-version=2025-01-01-preview',
      {
        baseUrl: 'https://res.cognitiveservices.azure.com/openai/v1',
        chat: 'openai-chat',
        model: 'd',
      },
    ],
    ['https://res.services.ai.azure.com/api/projects/my-project', { baseUrl: foundry }],
    [
      'https://res.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview',
      { baseUrl: foundry, chat: 'openai-chat' },
    ],
    [
      'https://res.services.ai.azure.com/anthropic/v1/messages',
      { baseUrl: 'https://res.services.ai.azure.com/anthropic', chat: 'anthropic-messages' },
    ],
  ])('%s', (pasted, address) => {
    expect(readAzureAddress(pasted)).toEqual(address);
  });
});
