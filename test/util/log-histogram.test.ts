import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, quantile } from '../../src/util/log-histogram.ts';

const histogram = (values: readonly number[]): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1);
  return counts;
};

describe('a histogram with growing buckets', () => {
  it('knows every quantile to about a tenth', () => {
    const values = fc.array(fc.double({ min: 5, max: 200_000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.05, 0.5, 0.95, 1), (all, share) => {
        const exact = all.toSorted((one, other) => one - other)[Math.ceil(share * all.length) - 1] ?? 0;
        const found = quantile(histogram(all), share) ?? 0;
        expect(Math.abs(found - exact) / exact).toBeLessThan(0.11);
      }),
    );
  });

  it.each([
    [0, 0],
    [-5, 0],
    [Number.NaN, 60],
    [Number.POSITIVE_INFINITY, 60],
    [1e12, 60],
  ])('has a place for %d', (value, bucket) => {
    expect(bucketOf(value)).toBe(bucket);
  });

  it('knows nothing without values', () => {
    expect(quantile(new Map(), 0.5)).toBeUndefined();
    expect(quantile(new Map([[3, 0]]), 0.5)).toBeUndefined();
  });
});
