import * as l10n from '@vscode/l10n';
import type { TimelineUnit, TimelineView } from '../../protocol/usage-view.ts';
import { percent } from './figures.ts';
import { scaleFor } from './scale.ts';
import { TableBehind } from './table-behind.tsx';
import { across, fromTop, TimeFrame } from './time-frame.tsx';
import { longTime } from './time-names.ts';
import { unitName } from './timeline-chart.tsx';

interface RateChartProps {
  readonly timeline: TimelineView;
  readonly rate: 'cacheHitRate' | 'errorRate';
}

/** A share over time. Where nothing is known there is no point, and no line leads to it. */
export function RateChart({ timeline, rate }: RateChartProps) {
  const { pieces, unit } = timeline;
  const rates = pieces.map((piece) => piece[rate]);
  const known = rates.filter((share) => share !== undefined);
  const { title, by, unknown } = wording[rate];
  const name = by()[unit];
  const words = (piece: number): string => {
    const share = rates[piece];
    return share === undefined ? unknown() : percent(share);
  };
  if (known.length === 0) {
    return (
      <section class="chart" aria-label={name}>
        <h2>{title()}</h2>
        <p class="quiet">{unknown()}</p>
      </section>
    );
  }
  const scale = scaleFor(Math.max(...known), 1);
  return (
    <section class="chart" aria-label={name}>
      <h2>{title()}</h2>
      <TimeFrame label={name} {...{ timeline, scale }} height={110} format={percent} whole={words}>
        <g class={`rate ${rate}`}>
          {rates.map((share, index) => {
            const next = rates[index + 1];
            if (share === undefined || next === undefined) return null;
            return (
              <line
                key={pieces[index]?.from}
                x1={across(index + 0.5, pieces.length)}
                y1={fromTop(share, scale)}
                x2={across(index + 1.5, pieces.length)}
                y2={fromTop(next, scale)}
              />
            );
          })}
          {rates.map((share, index) =>
            share === undefined ? null : (
              <circle
                key={pieces[index]?.from}
                cx={across(index + 0.5, pieces.length)}
                cy={fromTop(share, scale)}
                r="2.5"
              />
            ),
          )}
        </g>
      </TimeFrame>
      <TableBehind
        name={name}
        columns={[unitName(unit), title()]}
        rows={() =>
          pieces.flatMap(({ from }, index) =>
            rates[index] === undefined ? [] : [[longTime(unit, from), words(index)]],
          )
        }
      />
    </section>
  );
}

interface Wording {
  readonly title: () => string;
  readonly by: () => Readonly<Record<TimelineUnit, string>>;
  readonly unknown: () => string;
}

const wording: Readonly<Record<RateChartProps['rate'], Wording>> = {
  cacheHitRate: {
    title: () => l10n.t('Cache-hit rate'),
    by: () => ({
      hour: l10n.t('Cache-hit rate by hour'),
      day: l10n.t('Cache-hit rate by day'),
      week: l10n.t('Cache-hit rate by week'),
      month: l10n.t('Cache-hit rate by month'),
    }),
    unknown: () => l10n.t('No endpoint told of its cache.'),
  },
  errorRate: {
    title: () => l10n.t('Error rate'),
    by: () => ({
      hour: l10n.t('Error rate by hour'),
      day: l10n.t('Error rate by day'),
      week: l10n.t('Error rate by week'),
      month: l10n.t('Error rate by month'),
    }),
    unknown: () => l10n.t('No request is over.'),
  },
};
