import * as l10n from '@vscode/l10n';
import type { UsageFromWebview } from '../../protocol/usage-from-webview.ts';
import type { UsageFilterView } from '../../protocol/usage-view.ts';
import { Icon } from '../icon.tsx';
import { times } from '../in-language.ts';

interface HeadingProps {
  readonly at: number;
  readonly filter: UsageFilterView;
  readonly waiting: boolean;
  readonly ask: () => void;
  readonly post: (message: UsageFromWebview) => void;
}

/** How old the numbers are, and the ways to take them along. */
export function Heading({ at, filter, waiting, ask, post }: HeadingProps) {
  const exportAs = (format: 'csv' | 'json') => () => post({ type: 'export-usage', format, filter });
  return (
    <div class="heading">
      <h1>{l10n.t('Usage')}</h1>
      <span class="as-of" role="status">
        {l10n.t('As of {0}', clock(at))}
      </span>
      <button type="button" class="text-button" disabled={waiting} onClick={ask}>
        <Icon name="refresh" /> {l10n.t('Refresh')}
      </button>
      <span class="actions">
        <button type="button" class="text-button" aria-label={l10n.t('CSV export')} onClick={exportAs('csv')}>
          <Icon name="export" /> CSV
        </button>
        <button type="button" class="text-button" aria-label={l10n.t('JSON export')} onClick={exportAs('json')}>
          <Icon name="export" /> JSON
        </button>
        <button type="button" class="text-button" onClick={() => post({ type: 'open-budget-settings' })}>
          <Icon name="gear" /> {l10n.t('Budgets')}
        </button>
      </span>
    </div>
  );
}

const clock = times({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
