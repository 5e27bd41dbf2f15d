import * as l10n from '@vscode/l10n';
import type { UsageGroupView } from '../../protocol/usage-view.ts';
import { duration } from '../message/usage-text.ts';
import { Choice } from './choice.tsx';
import { scaleFor } from './scale.ts';
import { markOf, Swatch } from './series-mark.tsx';
import { type LatencyKind, latencyKinds } from './wishes.ts';

/** The others are in the table of models. */
const mostRows = 10;

interface LatencyChartProps {
  readonly models: readonly UsageGroupView[];
  /** The models with a mark of their own. */
  readonly named: readonly string[];
  readonly kind: LatencyKind;
  readonly onKind: (kind: LatencyKind) => void;
}

/** How long each model takes: a dot where half of the requests are answered, a line to where 95 % are. */
export function LatencyChart({ models, named, kind, onKind }: LatencyChartProps) {
  const rows = models
    .toSorted((one, other) => other.requests - one.requests)
    .flatMap(({ key, [kind]: latency }) => (latency ? [{ key, ...latency }] : []))
    .slice(0, mostRows)
    .sort((one, other) => one.p50 - other.p50);
  const { max } = scaleFor(Math.max(...rows.map(({ p95 }) => p95)));
  const at = (ms: number): string => `${((ms / max) * 100).toFixed(2)}%`;
  return (
    <section class="chart" aria-label={l10n.t('Latency by model')}>
      <div class="chart-head">
        <h2>{l10n.t('Latency by model')}</h2>
        <Choice
          label={l10n.t('Latency until')}
          name="latency"
          options={latencyKinds()}
          value={kind}
          onChange={onKind}
        />
      </div>
      {rows.length === 0 ? (
        <p class="quiet">{l10n.t('No request was answered.')}</p>
      ) : (
        <table class="bars">
          <colgroup>
            <col class="names" />
            <col />
            <col class="amounts" />
            <col class="amounts" />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{l10n.t('Model')}</th>
              <th scope="col" class="axis-ends">
                <span>0</span> <span>{duration(max)}</span>
              </th>
              <th scope="col">p50</th>
              <th scope="col">p95</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, p50, p95 }) => (
              <tr key={key}>
                <th scope="row" title={key}>
                  <Swatch series={markOf(key, named)} /> {key}
                </th>
                <td>
                  <svg class={`series-${markOf(key, named)}`} width="100%" height="14" aria-hidden="true">
                    <line class="grid-line" x1="0" x2="100%" y1="7" y2="7" />
                    <line class="spread" x1={at(p50)} x2={at(p95)} y1="7" y2="7" />
                    <line class="spread" x1={at(p95)} x2={at(p95)} y1="2" y2="12" />
                    <circle class="middle" cx={at(p50)} cy="7" r="4" />
                  </svg>
                </td>
                <td>{duration(p50)}</td>
                <td>{duration(p95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
