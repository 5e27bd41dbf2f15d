import * as l10n from '@vscode/l10n';
import { dollars } from '../util/dollars.ts';
import { times } from '../util/in-language.ts';
import type { BudgetNotice, BudgetState } from './budget-notice.ts';
import type { LlmError } from './llm-error.ts';

/** What a request was refused for, in sentences that stand alone. */
export function overBudget(budget: BudgetState, expected: number): LlmError {
  const { spent } = budget;
  const parts = [nameOf(budget), dollars(spent), dollars(expected), renewal(budget)];
  const message =
    spent >= budget.dollars
      ? l10n.t('{0} is used up: {1} is spent or under way, and this request is thought to take {2}. {3}', ...parts)
      : l10n.t(
          '{0} would be exceeded: {1} is spent or under way, and this request is thought to take {2}. {3}',
          ...parts,
        );
  return { code: budget.imposed ? 'policy' : 'budget', message, retryable: false };
}

/** A notice as one or two sentences. */
export function wordBudget(notice: BudgetNotice): string {
  if (notice.about === 'unseen') {
    return l10n.t(
      'What {0} costs is not known, so your budgets cannot count it. Its price can be set as "price" in "tutti.models".',
      notice.model,
    );
  }
  const { budget } = notice;
  const share = budget.dollars === 0 ? 100 : Math.floor((budget.spent / budget.dollars) * 100);
  if (notice.about === 'allowed')
    return l10n.t('You allowed this request. {0} is now {1} % used.', nameOf(budget), share);
  return l10n.t('{0} % of {1} is used: {2}. {3}', share, nameWithin(budget), dollars(budget.spent), renewal(budget));
}

/** As a sentence begins. */
function nameOf({ of, provider = '', dollars: most, imposed }: BudgetState): string {
  const sum = dollars(most);
  switch (of) {
    case 'day':
      return imposed
        ? l10n.t('Your administrator’s budget of {0} a day', sum)
        : l10n.t('Your budget of {0} a day', sum);
    case 'month':
      return imposed
        ? l10n.t('Your administrator’s budget of {0} a month', sum)
        : l10n.t('Your budget of {0} a month', sum);
    case 'chat':
      return imposed
        ? l10n.t('Your administrator’s budget of {0} for a chat', sum)
        : l10n.t('Your budget of {0} for a chat', sum);
    case 'provider':
      return imposed
        ? l10n.t('Your administrator’s budget of {0} a month for "{1}"', sum, provider)
        : l10n.t('Your budget of {0} a month for "{1}"', sum, provider);
  }
}

/** Within a sentence. */
function nameWithin({ of, provider = '', dollars: most, imposed }: BudgetState): string {
  const sum = dollars(most);
  switch (of) {
    case 'day':
      return imposed
        ? l10n.t('your administrator’s budget of {0} a day', sum)
        : l10n.t('your budget of {0} a day', sum);
    case 'month':
      return imposed
        ? l10n.t('your administrator’s budget of {0} a month', sum)
        : l10n.t('your budget of {0} a month', sum);
    case 'chat':
      return imposed
        ? l10n.t('your administrator’s budget of {0} for a chat', sum)
        : l10n.t('your budget of {0} for a chat', sum);
    case 'provider':
      return imposed
        ? l10n.t('your administrator’s budget of {0} a month for "{1}"', sum, provider)
        : l10n.t('your budget of {0} a month for "{1}"', sum, provider);
  }
}

function renewal({ of, until }: BudgetState): string {
  if (of === 'chat' || until === undefined) return l10n.t('A new chat has a budget of its own.');
  return l10n.t('It begins anew on {0}.', begins(until));
}

const begins = times({
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
