import { dollars } from '../util/dollars.ts';
import { times } from '../util/in-language.ts';
import type { BudgetNotice, BudgetState } from './budget-notice.ts';
import type { LlmError } from './llm-error.ts';

/** What a request was refused for, in sentences that stand alone. */
export function overBudget(budget: BudgetState, expected: number): LlmError {
  const { spent } = budget;
  const left = spent >= budget.dollars ? 'is used up' : 'would be exceeded';
  const message =
    `${nameOf(budget)} ${left}: ${dollars(spent)} is spent or under way, ` +
    `and this request is thought to take ${dollars(expected)}. ${renewal(budget)}`;
  return { code: budget.imposed ? 'policy' : 'budget', message, retryable: false };
}

/** A notice as one or two sentences. */
export function wordBudget(notice: BudgetNotice): string {
  if (notice.about === 'unseen') {
    return (
      `What ${notice.model} costs is not known, so your budgets cannot count it. ` +
      'Its price can be set as "price" in "tutti.models".'
    );
  }
  const { budget } = notice;
  const share = budget.dollars === 0 ? 100 : Math.floor((budget.spent / budget.dollars) * 100);
  if (notice.about === 'allowed') return `You allowed this request. ${nameOf(budget)} is now ${share} % used.`;
  return `${share} % of ${nameOf(budget, 'your')} is used: ${dollars(budget.spent)}. ${renewal(budget)}`;
}

function nameOf({ of, provider, dollars: most, imposed }: BudgetState, your: 'Your' | 'your' = 'Your'): string {
  const name = `${your} ${imposed ? 'administrator’s ' : ''}budget of ${dollars(most)}`;
  switch (of) {
    case 'day':
      return `${name} a day`;
    case 'month':
      return `${name} a month`;
    case 'chat':
      return `${name} for a chat`;
    case 'provider':
      return `${name} a month for "${provider}"`;
  }
}

function renewal({ of, until }: BudgetState): string {
  if (of === 'chat' || until === undefined) return 'A new chat has a budget of its own.';
  return `It begins anew on ${begins(until)}.`;
}

const begins = times({
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
