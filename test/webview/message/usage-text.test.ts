import { describe, expect, it } from 'vitest';
import type { UsageView } from '../../../src/protocol/chat-view.ts';
import { usageText } from '../../../src/webview/message/usage-text.ts';

const usage: UsageView = { inputTokens: 1204, outputTokens: 35, estimated: false, totalMs: 3140 };

function check(changes: Partial<UsageView>, expected: string): void {
  it(expected, () => expect(usageText({ ...usage, ...changes }).join(' · ')).toBe(expected));
}

describe('usageText', () => {
  check({}, '1,204 in · 35 out · 3.1 s');
  check({ cachedTokens: 1000 }, '1,204 in (83 % cached) · 35 out · 3.1 s');
  check({ cachedTokens: 1 }, '1,204 in (1 % cached) · 35 out · 3.1 s');
  check({ cachedTokens: 1203 }, '1,204 in (99 % cached) · 35 out · 3.1 s');
  check({ cachedTokens: 1204 }, '1,204 in (100 % cached) · 35 out · 3.1 s');
  check({ cachedTokens: 1300 }, '1,204 in (100 % cached) · 35 out · 3.1 s');
  check({ cachedTokens: 0, cost: 0 }, '1,204 in · 35 out · $0 · 3.1 s');
  check({ cost: 0.00412, firstTokenMs: 419.6 }, '1,204 in · 35 out · $0.0041 · 3.1 s · first token 420 ms');
  check({ cost: 0.0000012 }, '1,204 in · 35 out · $0.0000012 · 3.1 s');
  check({ cost: 12.345 }, '1,204 in · 35 out · $12.35 · 3.1 s');
  check({ cost: 0.5, estimated: true }, '≈1,204 in · ≈35 out · ≈$0.5 · 3.1 s');
  check({ totalMs: 59_990 }, '1,204 in · 35 out · 1 min 0 s');
  check({ totalMs: 125_400 }, '1,204 in · 35 out · 2 min 5 s');
});
