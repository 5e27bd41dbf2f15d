import * as l10n from '@vscode/l10n';
import type { TimelinePiece, TimelineUnit, TimelineView } from '../../protocol/usage-view.ts';
import { Choice } from './choice.tsx';
import { amount } from './figures.ts';
import { scaleFor } from './scale.ts';
import { otherSeries, Swatch, seriesMark } from './series-mark.tsx';
import { TableBehind } from './table-behind.tsx';
import { across, TimeFrame } from './time-frame.tsx';
import { longTime } from './time-names.ts';
import { type Measure, measures } from './wishes.ts';

interface TimelineChartProps {
  readonly timeline: TimelineView;
  readonly measure: Measure;
  readonly onMeasure: (measure: Measure) => void;
}

/** What was used over time, model upon model. */
export function TimelineChart({ timeline, measure, onMeasure }: TimelineChartProps) {
  const { pieces, unit } = timeline;
  const series = drawnSeries(timeline, measure);
  const scale = scaleFor(Math.max(...pieces.map((piece) => sum(piece, measure))));
  const parts = (piece: number): readonly (readonly [name: string, amount: string, mark: number])[] =>
    series
      .toReversed()
      .map(({ name, index, mark }) => ({ name, mark, value: pieces[piece]?.series[index]?.[measure] ?? 0 }))
      .filter(({ value }) => value > 0)
      .map(({ name, mark, value }) => [name, amount(measure, value), mark]);
  const whole = (piece: number): string => amount(measure, pieces[piece] ? sum(pieces[piece], measure) : 0);
  const title = byUnit(unit);
  const measured = measures().find(([name]) => name === measure)?.[1] ?? measure;

  return (
    <section class="chart" aria-label={title}>
      <div class="chart-head">
        <h2>{title}</h2>
        <Choice
          label={l10n.t('What the charts show')}
          name="measure"
          options={measures()}
          value={measure}
          onChange={onMeasure}
        />
      </div>
      <ul class="legend" aria-label={l10n.t('Models in the chart')}>
        {series.map(({ name, mark }) => (
          <li key={name}>
            <Swatch series={mark} /> {name}
          </li>
        ))}
      </ul>
      <TimeFrame
        label={`${title}, ${measured}`}
        {...{ timeline, scale }}
        height={200}
        format={(value) => amount(measure, value)}
        whole={whole}
        spoken={(piece) => [whole(piece), ...parts(piece).map(([name, value]) => `${name} ${value}`)].join(', ')}
        details={(piece) => (
          <table>
            <tbody>
              {parts(piece).map(([name, value, mark]) => (
                <tr key={name}>
                  <td>
                    <Swatch series={mark} /> {name}
                  </td>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      >
        {bars(pieces, series, measure, scale.max)}
      </TimeFrame>
      <TableBehind
        name={`${title}, ${measured}`}
        columns={[unitName(unit), l10n.t('All'), ...series.map(({ name }) => name)]}
        rows={() =>
          pieces
            .filter((piece) => sum(piece, 'requests') > 0)
            .map((piece) => [
              longTime(unit, piece.from),
              amount(measure, sum(piece, measure)),
              ...series.map(({ index }) => amount(measure, piece.series[index]?.[measure] ?? 0)),
            ])
        }
      />
    </section>
  );
}

/** Above a column of such times. */
export function unitName(unit: TimelineUnit): string {
  switch (unit) {
    case 'hour':
      return l10n.t('Hour');
    case 'day':
      return l10n.t('Day');
    case 'week':
      return l10n.t('Week');
    case 'month':
      return l10n.t('Month');
  }
}

function byUnit(unit: TimelineUnit): string {
  switch (unit) {
    case 'hour':
      return l10n.t('By hour');
    case 'day':
      return l10n.t('By day');
    case 'week':
      return l10n.t('By week');
    case 'month':
      return l10n.t('By month');
  }
}

interface Series {
  readonly name: string;
  /** Its place in the pieces. */
  readonly index: number;
  /** Its colour and texture: a model keeps them whatever is measured. */
  readonly mark: number;
}

/** Those that have anything to show. */
function drawnSeries({ models, pieces }: TimelineView, measure: Measure): readonly Series[] {
  return [...models, l10n.t('Other models')]
    .map((name, index) => ({ name, index, mark: index === models.length ? otherSeries : index }))
    .filter(({ index }) => pieces.some((piece) => (piece.series[index]?.[measure] ?? 0) > 0));
}

const sum = ({ series }: TimelinePiece, measure: Measure): number =>
  series.reduce((all, each) => all + each[measure], 0);

/** A bar is so much of its piece's width; the rest is the gap to the next one. */
const barWidth = 0.74;

function bars(pieces: readonly TimelinePiece[], series: readonly Series[], measure: Measure, max: number) {
  return pieces.flatMap((piece, at) => {
    let below = 0;
    return series.map(({ index, mark }) => {
      const value = piece.series[index]?.[measure] ?? 0;
      if (value === 0) return null;
      below += value;
      return (
        <rect
          key={`${piece.from} ${index}`}
          x={across(at + (1 - barWidth) / 2, pieces.length)}
          width={across(barWidth, pieces.length)}
          y={`${(100 - (below / max) * 100).toFixed(3)}%`}
          height={`${((value / max) * 100).toFixed(3)}%`}
          {...seriesMark(mark)}
        />
      );
    });
  });
}
