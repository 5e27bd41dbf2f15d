import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import snapshot from '../../src/models/catalog.json' with { type: 'json' };
import { catalogOf } from '../../src/models/catalog.ts';
import { vendors } from '../../src/providers/vendors.ts';

const names = Object.keys(snapshot.vendors);

describe('the snapshot of models', () => {
  it('is small', () => {
    const { size } = statSync(new URL('../../src/models/catalog.json', import.meta.url));
    expect(size).toBeLessThan(100_000);
  });

  it('knows vendors of the table only, and says nothing of others', () => {
    const rows = new Set(vendors.map(({ id }) => id));
    expect(names.filter((name) => !rows.has(name))).toEqual([]);
    expect(catalogOf('nobody').size).toBe(0);
    expect(catalogOf('toString').size).toBe(0);
  });

  it.each(names)('every model of %s is whole', (name) => {
    const models = [...catalogOf(name)];
    expect(models.length).toBeGreaterThan(0);
    for (const [id, facts] of models) {
      expect(id).not.toBe('');
      expect(Array.isArray(facts.reasoningEfforts), id).toBe(true);
      expect(facts.quirks, id).toBeTypeOf('object');
      if (facts.name === undefined) continue;
      expect(facts, id).toMatchObject({ contextWindow: expect.any(Number), maxOutputTokens: expect.any(Number) });
      if (facts.price) expect(Math.min(...Object.values(facts.price)), id).toBeGreaterThanOrEqual(0);
    }
  });

  it('knows limits, prices, thinking and quirks', () => {
    expect(catalogOf('openai').get('gpt-4o')).toEqual({
      name: 'GPT-4o',
      contextWindow: 128_000,
      maxOutputTokens: 16_384,
      images: true,
      tools: true,
      reasoningEfforts: [],
      quirks: {},
      price: { input: 2.5, output: 10, cachedInput: 1.25 },
      priceFrom: `catalog ${snapshot.date}`,
    });
    expect(catalogOf('anthropic').get('claude-opus-5-5')).toMatchObject({
      reasoningEfforts: ['low', 'medium', 'high', 'xhigh', 'max'],
      quirks: { anthropicThinking: 'adaptive', sampling: false },
      price: { input: 4, output: 20, cachedInput: 0.2, cacheWrite: 5 },
    });
    expect(catalogOf('google').get('gemini-2.5-pro')?.quirks).toEqual({ geminiThinking: 'budget' });
    expect(catalogOf('zai').get('glm-5.3')).toMatchObject({ quirks: { thinking: 'type-kept', toolStream: true } });
  });
});
