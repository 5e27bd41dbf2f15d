import { describe, expect, it } from 'vitest';
import { readProviders } from '../../src/models/provider-config.ts';

const plain = { headers: {}, timeouts: {}, models: {} };

describe('tutti.providers', () => {
  it.each<[string, unknown, unknown]>([
    ['nothing', undefined, []],
    ['a vendor alone', { openai: { vendor: 'openai' } }, [{ id: 'openai', vendor: 'openai', ...plain }]],
    [
      'all fields',
      {
        work: {
          vendor: 'vllm',
          baseUrl: 'https://llm.example/v1',
          apiKey: '${env:WORK_KEY}',
          headers: { 'X-Team': 'a', wrong: 4 },
          timeouts: { connectMs: 5, firstTokenMs: 0, idleMs: -1 },
          caFile: '/ca.pem',
          models: { m: { contextWindow: 8192, fim: 'qwen', price: { input: 1, output: 2 }, tools: 'yes' } },
        },
      },
      [
        {
          id: 'work',
          vendor: 'vllm',
          baseUrl: 'https://llm.example/v1',
          keyVariable: 'WORK_KEY',
          headers: { 'X-Team': 'a' },
          timeouts: { connectMs: 5, firstTokenMs: 0 },
          caFile: '/ca.pem',
          models: { m: { contextWindow: 8192, fim: 'qwen', price: { input: 1, output: 2 } } },
        },
      ],
    ],
  ])('reads %s', (_, setting, providers) => {
    expect(readProviders(setting)).toEqual({ providers, problems: [] });
  });

  it.each<[string, unknown, RegExp]>([
    [
      'a key in plain text',
      { a: { vendor: 'openai', apiKey: 'sk-123' } },
      /"a" holds a key in plain text.*Add Provider/,
    ],
    ['a missing vendor', { a: {} }, /"a" names no "vendor"/],
    ['a slash in the id', { 'a/b': { vendor: 'openai' } }, /may not be empty or contain "\/"/],
    ['an entry of the wrong kind', { a: 'openai' }, /has to be an object/],
    ['a setting of the wrong kind', ['openai'], /has to be an object/],
  ])('refuses %s and says so', (_, setting, problem) => {
    const { providers, problems } = readProviders(setting);
    expect(providers).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems.join()).not.toContain('sk-123');
  });
});
