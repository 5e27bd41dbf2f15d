import type { UsageGroupView } from '../../protocol/usage-view.ts';
import { amount } from './figures.ts';
import { type Measure, measures } from './wishes.ts';

interface ShareBarsProps {
  readonly title: string;
  /** What a row is. */
  readonly noun: string;
  readonly groups: readonly UsageGroupView[];
  /** What is shown of a key, where that is not itself. */
  readonly nameOf?: (key: string) => string;
  readonly measure: Measure;
}

/** A bar a group, the longest first: the table and the chart are one. */
export function ShareBars({ title, noun, groups, nameOf = (key) => key, measure }: ShareBarsProps) {
  const rows = groups
    .map((group) => ({ key: group.key, value: amountOf(group, measure) }))
    .sort((one, other) => other.value - one.value);
  const largest = Math.max(...rows.map(({ value }) => value)) || 1;
  return (
    <section class="chart" aria-label={title}>
      <h2>{title}</h2>
      <table class="bars">
        <colgroup>
          <col class="names" />
          <col />
          <col class="amounts" />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{noun}</th>
            <td />
            <th scope="col">{measures().find(([name]) => name === measure)?.[1]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, value }) => (
            <tr key={key}>
              <th scope="row" title={nameOf(key)}>
                {nameOf(key)}
              </th>
              <td>
                <svg width="100%" height="10" aria-hidden="true">
                  <rect class="bar" width={`${((value / largest) * 100).toFixed(2)}%`} height="10" rx="1" />
                </svg>
              </td>
              <td>{amount(measure, value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const amountOf = (group: UsageGroupView, measure: Measure): number =>
  measure === 'tokens' ? group.input + group.output : group[measure];
