import type { UsageFromWebview } from '../../protocol/usage-from-webview.ts';
import type { UsageFilterView } from '../../protocol/usage-view.ts';
import { Icon } from '../icon.tsx';

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
      <h1>Usage</h1>
      <span class="as-of" role="status">
        As of {clock.format(at)}
      </span>
      <button type="button" class="text-button" disabled={waiting} onClick={ask}>
        <Icon name="refresh" /> Refresh
      </button>
      <span class="actions">
        <button type="button" class="text-button" onClick={exportAs('csv')}>
          <Icon name="export" /> CSV<span class="for-screen-reader"> export</span>
        </button>
        <button type="button" class="text-button" onClick={exportAs('json')}>
          <Icon name="export" /> JSON<span class="for-screen-reader"> export</span>
        </button>
        <button type="button" class="text-button" onClick={() => post({ type: 'open-budget-settings' })}>
          <Icon name="gear" /> Budgets
        </button>
      </span>
    </div>
  );
}

const clock = new Intl.DateTimeFormat('en-US', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
