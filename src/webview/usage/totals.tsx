import type { UsageSumsView } from '../../protocol/usage-view.ts';
import { duration } from '../message/usage-text.ts';
import { count, counted, money, percent, shortCount } from './figures.ts';

/** The sums over everything that is counted. */
export function Totals({ all }: { readonly all: UsageSumsView }) {
  return (
    <section aria-label="Totals">
      <dl class="totals">
        {totals(all).map(({ name, value, notes }) => (
          <div key={name} class="total" data-testid={`total-${name.toLowerCase().replaceAll(' ', '-')}`}>
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
      name: 'Cost',
      value: known === 0 && over > 0 ? 'Not known' : money(all.cost, all.estimated),
      notes: [
        ...(all.unpriced > 0 ? [`without ${counted(all.unpriced, 'request')} of unknown price`] : []),
        ...(all.estimated > 0 ? [`${counted(all.estimated, 'request')} estimated`] : []),
      ],
    },
    {
      name: 'Requests',
      value: count(all.requests),
      notes: all.pending > 0 ? [`${count(all.pending)} under way`] : [],
    },
    {
      name: 'Tokens in',
      value: `${about}${shortCount(all.input)}`,
      notes: all.cached > 0 ? [`${shortCount(all.cached)} from the cache`] : [],
    },
    {
      name: 'Tokens out',
      value: `${about}${shortCount(all.output)}`,
      notes: all.reasoning > 0 ? [`${shortCount(all.reasoning)} of it thoughts`] : [],
    },
    {
      name: 'Cache hits',
      value: all.cacheHitRate === undefined ? '–' : percent(all.cacheHitRate),
      notes: [all.cacheHitRate === undefined ? 'not told by the endpoints' : 'of the input'],
    },
    {
      name: 'Errors',
      value: percent(all.errorRate),
      notes: [all.failed === 0 ? 'no request failed' : `${counted(all.failed, 'request')} failed`],
    },
    {
      name: 'First token',
      value: all.firstToken ? duration(all.firstToken.p50) : '–',
      notes: all.firstToken ? [`median; p95 ${duration(all.firstToken.p95)}`] : [],
    },
    {
      name: 'Whole reply',
      value: all.total ? duration(all.total.p50) : '–',
      notes: all.total ? [`median; p95 ${duration(all.total.p95)}`] : [],
    },
  ];
}
