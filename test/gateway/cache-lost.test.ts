import { describe, expect, it } from 'vitest';
import { hasLostCache } from '../../src/gateway/cache-lost.ts';
import type { Usage } from '../../src/llm/stream-event.ts';
import type { UsageRow } from '../../src/store/usage-row.ts';

const minute = 60_000;

const row = (at: number, usage: Usage | undefined, outcome = 'stop'): UsageRow => ({
  at,
  role: 'chat',
  chatId: 'c',
  model: 'cloud/m',
  provider: 'cloud',
  totalMs: 1000,
  outcome,
  ...(usage && { usage }),
});

const found = row(0, { input: 10_000, cached: 9000, output: 10 });

describe('a cache that stops hitting', () => {
  it.each<[what: string, before: readonly UsageRow[], now: UsageRow, isLost: boolean]>([
    ['nothing is found any more', [found], row(minute, { input: 11_000, cached: 0, output: 10 }), true],
    ['the field is left out', [found], row(minute, { input: 11_000, output: 10 }), true],
    [
      'a failure lies between',
      [row(minute, undefined, 'server'), found],
      row(2 * minute, { input: 11_000, output: 10 }),
      true,
    ],
    ['it is found', [found], row(minute, { input: 11_000, cached: 10_000, output: 10 }), false],
    ['some of it is found', [found], row(minute, { input: 30_000, cached: 9000, output: 10 }), false],
    [
      'nothing was found before',
      [row(0, { input: 10_000, output: 1 })],
      row(minute, { input: 11_000, output: 1 }),
      false,
    ],
    ['the chat was made shorter', [found], row(minute, { input: 4000, output: 10 }), false],
    ['somebody was away for long', [found], row(20 * minute, { input: 11_000, output: 10 }), false],
    ['it was short', [row(0, { input: 1000, cached: 900, output: 1 })], row(minute, { input: 1500, output: 1 }), false],
    ['nobody counted', [found], row(minute, { input: 11_000, output: 10, estimated: true }), false],
    ['it is the first', [], row(minute, { input: 11_000, output: 10 }), false],
  ])('%s', (_, before, now, isLost) => {
    expect(hasLostCache(before, now)).toBe(isLost);
  });
});
