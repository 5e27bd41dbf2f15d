import * as l10n from '@vscode/l10n';
import type { UsageSumsView } from '../../protocol/usage-view.ts';
import { duration } from '../message/usage-text.ts';
import { count, money, percent, shortCount } from './figures.ts';

/** The sums over everything that is counted. */
export function Totals({ all }: { readonly all: UsageSumsView }) {
  return (
    <section aria-label={l10n.t('Totals')}>
      <dl class="totals">
        {totals(all).map(({ id, name, value, notes }) => (
          <div key={id} class="total" data-testid={`total-${id}`}>
            <dt>{name}</dt>
            <dd class="total-value">{value}</dd>
            {notes.map((note) => (
              <dd key={note} class="total-note">
                {note}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}

interface Total {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly notes: readonly string[];
}

/** The tiles, most asked for first. */
export function totals(all: UsageSumsView): readonly Total[] {
  const about = all.estimated > 0 ? '≈' : '';
  const over = all.requests - all.pending;
  const known = over - all.unpriced;
  return [
    {
      id: 'cost',
      name: l10n.t('Cost'),
      value: known === 0 && over > 0 ? l10n.t('Not known') : money(all.cost, all.estimated),
      notes: [
        ...(all.unpriced > 0 ? [without(all.unpriced)] : []),
        ...(all.estimated > 0 ? [estimated(all.estimated)] : []),
      ],
    },
    {
      id: 'requests',
      name: l10n.t('Requests'),
      value: count(all.requests),
      notes: all.pending > 0 ? [l10n.t('{0} under way', count(all.pending))] : [],
    },
    {
      id: 'tokens-in',
      name: l10n.t('Tokens in'),
      value: `${about}${shortCount(all.input)}`,
      notes: all.cached > 0 ? [l10n.t('{0} from the cache', shortCount(all.cached))] : [],
    },
    {
      id: 'tokens-out',
      name: l10n.t('Tokens out'),
      value: `${about}${shortCount(all.output)}`,
      notes: all.reasoning > 0 ? [l10n.t('{0} of it thoughts', shortCount(all.reasoning))] : [],
    },
    {
      id: 'cache-hits',
      name: l10n.t('Cache hits'),
      value: all.cacheHitRate === undefined ? '–' : percent(all.cacheHitRate),
      notes: [all.cacheHitRate === undefined ? l10n.t('not told by the endpoints') : l10n.t('of the input')],
    },
    {
      id: 'errors',
      name: l10n.t('Errors'),
      value: percent(all.errorRate),
      notes: [failures(all.failed)],
    },
    {
      id: 'first-token',
      name: l10n.t('First token'),
      value: all.firstToken ? duration(all.firstToken.p50) : '–',
      notes: all.firstToken ? [l10n.t('median; p95 {0}', duration(all.firstToken.p95))] : [],
    },
    {
      id: 'whole-reply',
      name: l10n.t('Whole reply'),
      value: all.total ? duration(all.total.p50) : '–',
      notes: all.total ? [l10n.t('median; p95 {0}', duration(all.total.p95))] : [],
    },
  ];
}

const without = (requests: number): string =>
  requests === 1
    ? l10n.t('without 1 request of unknown price')
    : l10n.t('without {0} requests of unknown price', count(requests));

const estimated = (requests: number): string =>
  requests === 1 ? l10n.t('1 request estimated') : l10n.t('{0} requests estimated', count(requests));

function failures(requests: number): string {
  if (requests === 0) return l10n.t('no request failed');
  return requests === 1 ? l10n.t('1 request failed') : l10n.t('{0} requests failed', count(requests));
}
