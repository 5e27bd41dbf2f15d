import { describe, expect, it } from 'vitest';
import { Latencies } from '../../src/completion/latency.ts';

describe('how long a model takes', () => {
  const check = (earlier: number | undefined, seen: readonly (number | undefined)[], expected: number | undefined) => {
    const latencies = new Latencies();
    if (earlier !== undefined) latencies.remember(new Map([['test/filler', earlier]]));
    for (const firstTextMs of seen) {
      const request = { model: 'test/filler', languageId: 'typescript', promptCharacters: 1, totalMs: 9999 } as const;
      const outcome = firstTextMs === undefined ? 'aborted' : 'complete';
      latencies.observe({ kind: 'requested', ...request, outcome, ...(firstTextMs !== undefined && { firstTextMs }) });
    }
    expect(latencies.latencyOf('test/filler')).toBe(expected);
    expect(latencies.latencyOf('test/other')).toBeUndefined();
  };

  it.each<[string, number | undefined, readonly (number | undefined)[], number | undefined]>([
    ['is not known before it answered', undefined, [], undefined],
    ['is not told by a request without text', undefined, [undefined], undefined],
    ['is what the first answer took', undefined, [300], 300],
    ['is the median, which one slow answer does not move', undefined, [100, 9000, 200], 200],
    ['is what earlier sessions saw, until this one knows better', 500, [100, 100], 500],
    ['is then what this session saw', 500, [100, 100, 120], 100],
    ['is what the last twenty took', undefined, [...Array(30).fill(1000), ...Array(20).fill(50)], 50],
  ])('%s', (_, earlier, seen, expected) => check(earlier, seen, expected));
});
