import * as l10n from '@vscode/l10n';
import type { UsageFromWebview } from '../../protocol/usage-from-webview.ts';
import type { UsageFilterView, UsageView } from '../../protocol/usage-view.ts';
import { Budgets } from './budgets.tsx';
import { Filters } from './filters.tsx';
import { Heading } from './heading.tsx';
import { LatencyChart } from './latency-chart.tsx';
import { ModelTable } from './model-table.tsx';
import { NothingUsed } from './nothing-used.tsx';
import { RateChart } from './rate-chart.tsx';
import { roleName } from './role-names.ts';
import { Textures } from './series-mark.tsx';
import { ShareBars } from './share-bars.tsx';
import { TimelineChart } from './timeline-chart.tsx';
import { Totals } from './totals.tsx';
import type { Wishes } from './wishes.ts';

export interface UsagePageProps {
  readonly view: UsageView | undefined;
  readonly problem: string | undefined;
  readonly waiting: boolean;
  readonly wishes: Wishes;
  readonly wish: (changes: Partial<Wishes>) => void;
  readonly ask: (filter?: UsageFilterView) => void;
  readonly post: (message: UsageFromWebview) => void;
}

/** All of the page, top to bottom. */
export function UsagePage(props: UsagePageProps) {
  const { view, problem, waiting } = props;
  return (
    <main aria-busy={waiting} data-testid="usage">
      <Textures />
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}{' '}
          <button type="button" class="button" onClick={() => props.ask()}>
            {l10n.t('Try Again')}
          </button>
        </p>
      )}
      {view && <Used {...props} view={view} />}
    </main>
  );
}

function Used({ view, wishes, waiting, wish, ask, post }: UsagePageProps & { readonly view: UsageView }) {
  const { timeline } = view;
  const byModel = (model: string): void => ask({ range: wishes.filter.range, ...roleOf(wishes.filter), model });
  return (
    <>
      <header>
        <Heading at={view.at} filter={wishes.filter} ask={() => ask()} {...{ waiting, post }} />
        <Filters filter={wishes.filter} {...{ view, ask }} />
      </header>
      <Budgets budgets={view.budgets} />
      {view.all.requests === 0 ? (
        <NothingUsed everUsed={view.everUsed} showAll={() => ask({ range: 'all' })} />
      ) : (
        <>
          <Totals all={view.all} />
          <TimelineChart timeline={timeline} measure={wishes.measure} onMeasure={(measure) => wish({ measure })} />
          <div class="side-by-side">
            <ShareBars
              title={l10n.t('By role')}
              noun={l10n.t('Role')}
              groups={view.roles}
              nameOf={roleName}
              measure={wishes.measure}
            />
            <ShareBars
              title={l10n.t('By provider')}
              noun={l10n.t('Provider')}
              groups={view.providers}
              measure={wishes.measure}
            />
          </div>
          <LatencyChart
            models={view.models}
            named={timeline.models}
            kind={wishes.latency}
            onKind={(latency) => wish({ latency })}
          />
          <div class="side-by-side">
            <RateChart timeline={timeline} rate="cacheHitRate" />
            <RateChart timeline={timeline} rate="errorRate" />
          </div>
          <ModelTable
            models={view.models}
            named={timeline.models}
            sort={wishes.sort}
            onSort={(sort) => wish({ sort })}
            onModel={byModel}
          />
        </>
      )}
    </>
  );
}

const roleOf = ({ role }: UsageFilterView): Pick<UsageFilterView, 'role'> => (role === undefined ? {} : { role });
