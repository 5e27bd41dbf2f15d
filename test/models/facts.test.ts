import { describe, expect, it } from 'vitest';
import type { ModelFacts, Price } from '../../src/llm/model-facts.ts';
import type { Usage } from '../../src/llm/stream-event.ts';
import { costOf } from '../../src/models/cost.ts';
import { describeModel } from '../../src/models/describe-model.ts';
import { readModelSettings } from '../../src/models/model-settings.ts';
import { overlayFacts, readFacts } from '../../src/models/read-facts.ts';

describe('facts', () => {
  it('of a later source win, one by one', () => {
    expect(overlayFacts({ contextWindow: 1, tools: true }, undefined, { contextWindow: 2 })).toEqual({
      contextWindow: 2,
      tools: true,
    });
  });

  it('of a wrong type count as unknown', () => {
    expect(readFacts({ contextWindow: '8k', images: 1, price: { input: -1, output: 2 }, name: 'M' })).toEqual({
      name: 'M',
    });
    expect(readFacts('nonsense')).toEqual({});
  });

  it.each<[ModelFacts, string]>([
    [{}, ''],
    [
      { contextWindow: 131072, price: { input: 1.25, output: 10 }, images: true },
      '128K context · $1.25 in · $10 out · images',
    ],
    [{ contextWindow: 128_000 }, '128K context'],
    [{ contextWindow: 1_000_000, price: { input: 0, output: 0 } }, '1M context · free'],
    [
      { fim: 'qwen', fileBytes: 397_000_000, memoryBytes: 1_200_000_000, license: 'Apache-2.0' },
      'completions · 397 MB file · 1.2 GB RAM · Apache-2.0',
    ],
  ])('%j are told as "%s"', (facts, told) => {
    expect(describeModel(facts)).toBe(told);
  });
});

describe('cost', () => {
  const price: Price = { input: 2, output: 10, cachedInput: 0.5 };
  it.each<[string, Usage, Price, number]>([
    ['input and output', { input: 1_000_000, output: 100_000 }, price, 3],
    ['thoughts that are counted apart', { input: 0, output: 2, reasoning: 340, reasoningApart: true }, price, 0.00342],
    ['cached input at its own price', { input: 1_000_000, output: 0, cached: 400_000 }, price, 1.4],
    [
      'cached input at the full price where none is known',
      { input: 1_000_000, output: 0, cached: 400_000 },
      { input: 2, output: 10 },
      2,
    ],
    ['more cached than input', { input: 10, output: 0, cached: 20 }, { input: 0, output: 0, cachedInput: 1 }, 0.00002],
  ])('counts %s', (_, usage, tariff, dollars) => {
    expect(costOf(usage, tariff)).toBeCloseTo(dollars, 10);
  });
});

describe('tutti.models', () => {
  it('gives what is sent; null, nonsense and out of range are not sent', () => {
    const setting = {
      'p/m': {
        temperature: 0,
        topP: 7,
        maxOutputTokens: 100.9,
        reasoningEffort: null,
        systemPrompt: 'Be brief.',
        stop: ['END', 3],
        omit: ['user'],
        extraBody: { seed: 1 },
        contextWindow: 4096,
      },
    };
    expect(readModelSettings(setting, 'p/m')).toEqual({
      parameters: { temperature: 0, maxOutputTokens: 100, stop: ['END'], omit: ['user'], extraBody: { seed: 1 } },
      systemPrompt: 'Be brief.',
      contextWindow: 4096,
    });
    expect(readModelSettings(setting, 'p/other')).toEqual({ parameters: {} });
    expect(readModelSettings('nonsense', 'p/m')).toEqual({ parameters: {} });
  });
});
