import { describe, expect, it } from 'vitest';
import { basePrompt } from '../../src/chat/system-prompt.ts';
import { TokenEstimates } from '../../src/models/token-estimates.ts';

const tokens = (system: string): number =>
  new TokenEstimates().ofFrame('p/m', { kind: 'chat', system, messages: [], parameters: {} });

describe('the base system prompt', () => {
  it.each([
    ['a large model', {}, 600],
    ['a model with a small window', { contextWindow: 8192 }, 120],
    ['a model in little memory', { contextWindow: 32_768, memoryBytes: 1.5e9 }, 120],
  ])('of %s stays small, by the estimate of the house and by a stricter one', (_, reader, most) => {
    const prompt = basePrompt(reader);
    expect(tokens(prompt)).toBeLessThan(most);
    expect(prompt.length / 3).toBeLessThan(most);
  });

  it('says the same bytes for every model of a kind, on every day', () => {
    expect(basePrompt({ contextWindow: 200_000 })).toBe(basePrompt({ contextWindow: 1_000_000, memoryBytes: 9e10 }));
    expect(basePrompt({})).not.toMatch(/\d{4}|GPT|Claude|[A-Z]:\\|\/home/);
  });

  it('makes way for what the user says to a model', () => {
    expect(basePrompt({}, 'Be brief.')).toBe('Be brief.');
    expect(basePrompt({}, '  ')).toBe(basePrompt({}));
  });
});
