import * as l10n from '@vscode/l10n';
import type { UsageGroupView } from '../../protocol/usage-view.ts';
import { Icon } from '../icon.tsx';
import { modelColumns, sorted } from './model-columns.ts';
import { markOf, Swatch } from './series-mark.tsx';
import type { Sort } from './wishes.ts';

interface ModelTableProps {
  readonly models: readonly UsageGroupView[];
  /** The models with a mark of their own. */
  readonly named: readonly string[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onModel: (ref: string) => void;
}

/** All that is known, a row a model. */
export function ModelTable({ models, named, sort, onSort, onModel }: ModelTableProps) {
  const columns = modelColumns();
  const somePrices = models.some(({ unpriced, requests, pending }) => unpriced > 0 && unpriced < requests - pending);
  return (
    <section class="chart" aria-label={l10n.t('By model')}>
      <h2>{l10n.t('By model')}</h2>
      <div class="wide">
        <table class="figures" data-testid="model-table">
          <thead>
            <tr>
              {columns.map(({ id, title }) => {
                const isIt = id === sort.column;
                const descending = isIt ? !sort.descending : id !== 'model';
                return (
                  <th key={id} scope="col" aria-sort={isIt ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
                    <button type="button" onClick={() => onSort({ column: id, descending })}>
                      {title}
                      {isIt && <Icon name={sort.descending ? 'arrow-down' : 'arrow-up'} />}
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {sorted(models, sort).map((group) => (
              <tr key={group.key}>
                {columns.map(({ id, text }, index) =>
                  index === 0 ? (
                    <th key={id} scope="row">
                      <Swatch series={markOf(group.key, named)} />
                      <button type="button" title={l10n.t('Show only this model')} onClick={() => onModel(group.key)}>
                        {text(group)}
                      </button>
                    </th>
                  ) : (
                    <td key={id}>{text(group)}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {somePrices && <p class="quiet">{l10n.t('+ and more: the price of some of its requests is not known.')}</p>}
    </section>
  );
}
