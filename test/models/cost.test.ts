import { describe, expect, it } from 'vitest';
import type { Price } from '../../src/llm/model-facts.ts';
import type { Usage } from '../../src/llm/stream-event.ts';
import { catalogOf } from '../../src/models/catalog.ts';
import { costOf } from '../../src/models/cost.ts';
import { anthropicUsage } from '../../src/providers/anthropic-usage.ts';
import { openaiUsage } from '../../src/providers/openai-usage.ts';

const openai: Price = { input: 2, output: 8, cachedInput: 0.5 };
const anthropic: Price = { input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75 };
const google: Price = { input: 1.25, output: 10, cachedInput: 0.125 };

function check(usage: Usage | undefined, price: Price, dollars: number): void {
  expect(usage).toBeDefined();
  // To a millionth of a cent.
  if (usage) expect(costOf(usage, price)).toBeCloseTo(dollars, 8);
}

describe('what a request cost', () => {
  it('OpenAI: cached input is part of the prompt, reasoning part of the completion', () => {
    const usage = openaiUsage({
      prompt_tokens: 10_000,
      completion_tokens: 1000,
      prompt_tokens_details: { cached_tokens: 8000 },
      completion_tokens_details: { reasoning_tokens: 600 },
      total_tokens: 11_000,
    });
    // 2,000 × $2 + 8,000 × $0.50 + 1,000 × $8, a million
    check(usage, openai, 0.016);
  });

  it('xAI: reasoning stands beside the completion and is paid for as output', () => {
    const usage = openaiUsage({
      prompt_tokens: 1000,
      completion_tokens: 100,
      completion_tokens_details: { reasoning_tokens: 400 },
      total_tokens: 1500,
    });
    check(usage, openai, 0.002 + 0.004);
  });

  it('DeepSeek: hits of the cache are told beside the prompt', () => {
    check(
      openaiUsage({ prompt_tokens: 10_000, completion_tokens: 0, prompt_cache_hit_tokens: 10_000 }),
      { input: 0.28, output: 0.42, cachedInput: 0.028 },
      0.00028,
    );
  });

  it('Anthropic: what is read from the cache and what is written into it stand beside the input', () => {
    const usage = anthropicUsage({
      input_tokens: 100,
      cache_read_input_tokens: 50_000,
      cache_creation_input_tokens: 2000,
      output_tokens: 500,
    });
    expect(usage.input).toBe(52_100);
    // 100 × $3 + 50,000 × $0.30 + 2,000 × $3.75 + 500 × $15, a million
    check(usage, anthropic, 0.0003 + 0.015 + 0.0075 + 0.0075);
  });

  it('Gemini: thoughts stand beside the candidates', () => {
    check(
      { input: 4000, output: 200, cached: 3000, reasoning: 800, reasoningApart: true },
      google,
      0.00125 + 0.000375 + 0.01,
    );
  });

  it('a cache without a price of its own is paid like other input', () => {
    check({ input: 1000, output: 0, cached: 1000, cacheWrite: 0 }, { input: 2, output: 8 }, 0.002);
    check({ input: 1000, output: 0, cacheWrite: 1000 }, { input: 2, output: 8 }, 0.002);
  });

  it('counts that contradict each other never make it cheaper than nothing', () => {
    check({ input: 100, output: 0, cached: 1000 }, openai, 0.0005);
  });

  it('with the snapshot’s prices, which say of when they are', () => {
    const facts = catalogOf('openai').get('gpt-4o');
    expect(facts?.priceFrom).toMatch(/^catalog 20\d\d-\d\d-\d\d$/);
    if (facts?.price) check({ input: 1_000_000, output: 100_000, cached: 400_000 }, facts.price, 1.5 + 0.5 + 1);
  });
});
