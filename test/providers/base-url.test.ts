import { describe, expect, it } from 'vitest';
import { anthropicUrl, llamacppUrl, openaiUrl, shownUrl } from '../../src/providers/base-url.ts';

describe('base URLs as people give them', () => {
  it.each([
    ['http://localhost:8000/v1', 'http://localhost:8000/v1/models'],
    ['http://localhost:8000/v1/', 'http://localhost:8000/v1/models'],
    ['http://localhost:8000', 'http://localhost:8000/v1/models'],
    ['http://localhost:8000//', 'http://localhost:8000/v1/models'],
    ['https://host/v1/chat/completions', 'https://host/v1/models'],
    ['https://host/v1/completions/', 'https://host/v1/models'],
    [
      'https://host/openai/deployments/x/chat/completions?api-version=2',
      'https://host/openai/deployments/x/models?api-version=2',
    ],
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1/models'],
    ['https://host/v1/models', 'https://host/v1/models'],
  ])('openai: %s', (given, wanted) => {
    expect(openaiUrl(given, 'models')).toBe(wanted);
  });

  it.each([
    ['https://api.anthropic.com', 'https://api.anthropic.com/v1/messages'],
    ['https://api.anthropic.com/v1/', 'https://api.anthropic.com/v1/messages'],
    ['https://host/anthropic', 'https://host/anthropic/v1/messages'],
    ['https://host/anthropic/v1/messages', 'https://host/anthropic/v1/messages'],
  ])('anthropic: %s', (given, wanted) => {
    expect(anthropicUrl(given, 'messages')).toBe(wanted);
  });

  it.each([
    ['http://localhost:8080', 'http://localhost:8080/infill'],
    ['http://localhost:8080/v1', 'http://localhost:8080/infill'],
    ['http://localhost:8080/infill', 'http://localhost:8080/infill'],
    ['http://host/llama/v1', 'http://host/llama/infill'],
  ])('llama.cpp: %s', (given, wanted) => {
    expect(llamacppUrl(given, 'infill')).toBe(wanted);
  });

  it('a URL is shown without anything secret', () => {
    expect(shownUrl('https://me:pass@host:1/v1/x?key=k#frag')).toBe('https://host:1/v1/x');
    expect(shownUrl('no url')).toBe('(no URL)');
  });
});
