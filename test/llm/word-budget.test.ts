import { describe, expect, it } from 'vitest';
import type { BudgetNotice, BudgetState } from '../../src/llm/budget-notice.ts';
import { overBudget, wordBudget } from '../../src/llm/word-budget.ts';

const until = new Date(2026, 10, 24).getTime();
const day: BudgetState = { of: 'day', dollars: 5, spent: 4.1, until };

describe('a budget in words', () => {
  it.each<[BudgetNotice, string]>([
    [
      { kind: 'budget', about: 'near', budget: day },
      '82 % of your budget of $5.00 a day is used: $4.10. It begins anew on Nov 24, 00:00.',
    ],
    [
      { kind: 'budget', about: 'near', budget: { of: 'chat', dollars: 1, spent: 0.8 } },
      '80 % of your budget of $1.00 for a chat is used: $0.80. A new chat has a budget of its own.',
    ],
    [
      { kind: 'budget', about: 'near', budget: { ...day, imposed: true } },
      '82 % of your administrator’s budget of $5.00 a day is used: $4.10. It begins anew on Nov 24, 00:00.',
    ],
    [
      { kind: 'budget', about: 'allowed', budget: { ...day, of: 'provider', provider: 'work', spent: 6 } },
      'You allowed this request. Your budget of $5.00 a month for "work" is now 120 % used.',
    ],
    [
      { kind: 'budget', about: 'unseen', model: 'work/m' },
      'What work/m costs is not known, so your budgets cannot count it. Its price can be set as "price" in "tutti.models".',
    ],
  ])('%j', (notice, words) => {
    expect(wordBudget(notice)).toBe(words);
  });

  it.each<[string, BudgetState, number, object]>([
    [
      'would be exceeded',
      day,
      1,
      {
        code: 'budget',
        message:
          'Your budget of $5.00 a day would be exceeded: $4.10 is spent or under way, and this request is thought to ' +
          'take $1.00. It begins anew on Nov 24, 00:00.',
      },
    ],
    ['is used up', { ...day, spent: 5 }, 0.0042, { code: 'budget', message: /is used up: .* take \$0\.0042\./ }],
    ['is not the user’s to change', { ...day, imposed: true }, 1, { code: 'policy', message: /^Your administrator’s/ }],
  ])('that %s', (_, budget, expected, error) => {
    const found = overBudget(budget, expected);
    expect(found.retryable).toBe(false);
    for (const [key, value] of Object.entries(error)) {
      if (value instanceof RegExp) expect(found.message).toMatch(value);
      else expect(found).toHaveProperty(key, value);
    }
  });
});
