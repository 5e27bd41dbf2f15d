import * as l10n from '@vscode/l10n';
import type { BudgetView } from '../../protocol/usage-view.ts';
import { Icon } from '../icon.tsx';
import { dollars, percent } from './figures.ts';

/** What is spent of each budget, whatever the filter says. */
export function Budgets({ budgets }: { readonly budgets: readonly BudgetView[] }) {
  if (budgets.length === 0) return null;
  return (
    <section class="budgets" aria-label={l10n.t('Budgets')}>
      {budgets.map((budget) => (
        <Budget key={budget.name} {...budget} />
      ))}
    </section>
  );
}

function Budget({ name, spent, limit }: BudgetView) {
  const share = limit > 0 ? spent / limit : 1;
  const state = share >= 1 ? 'reached' : share >= 0.8 ? 'near' : 'fine';
  const parts = [dollars(spent), dollars(limit), percent(share)];
  const words =
    state === 'reached' ? l10n.t('{0} of {1} ({2}): reached', ...parts) : l10n.t('{0} of {1} ({2})', ...parts);
  return (
    <div class={`budget ${state}`} data-testid="budget">
      <span class="budget-name">{name}</span>
      <span class="budget-words">
        {state !== 'fine' && <Icon name="warning" />} {words}
      </span>
      <div class="meter" aria-hidden="true">
        <div class="meter-fill" style={{ width: `${Math.min(100, share * 100)}%` }} />
      </div>
    </div>
  );
}
