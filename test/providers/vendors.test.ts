import { describe, expect, it } from 'vitest';
import { findVendor, vendors } from '../../src/providers/vendors.ts';

describe('vendor table', () => {
  it('has a row for each vendor, once', () => {
    const ids = vendors.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining([
        ...['openai', 'anthropic', 'google', 'xai', 'azure', 'meta', 'mistral', 'codestral', 'deepseek', 'qwen'],
        ...['moonshot', 'zai', 'openrouter', 'groq', 'cerebras', 'together', 'fireworks', 'huggingface', 'bedrock'],
        ...['ollama', 'lmstudio', 'llamacpp', 'vllm', 'sglang', 'litellm'],
        ...['openai-compatible', 'anthropic-compatible', 'embedded'],
      ]),
    );
  });

  it.each(vendors)('$id is whole', (vendor) => {
    expect(vendor.label).not.toBe('');
    expect(vendor.documentation).toMatch(/^https:\/\//);
    if (vendor.baseUrl !== undefined) {
      expect(new URL(vendor.baseUrl).href.replace(/\/$/, '')).toBe(vendor.baseUrl);
      // A key never travels in the open, except to this very machine.
      expect(vendor.baseUrl.startsWith('https:') || new URL(vendor.baseUrl).hostname === 'localhost').toBe(true);
    }
    // Who has no address of its own shows what the user's could look like.
    if (vendor.key !== 'none') expect(vendor.baseUrl ?? new URL(vendor.exampleUrl ?? '').href).toBeDefined();
    expect(vendor.key === 'none').toBe(vendor.keyHeader === 'none');
    expect(vendor.key === 'required' ? vendor.keyVariable : 'given').toBeDefined();
    expect(vendor.chat).toBeDefined();
    // Filling by an endpoint's own door needs an endpoint that has one.
    if (vendor.fim === 'infill') expect(vendor.completion).toBeDefined();
  });

  it('is found by id', () => {
    expect(findVendor('mistral')?.quirks.streamUsage).toBe(false);
    expect(findVendor('nobody')).toBeUndefined();
  });
});
