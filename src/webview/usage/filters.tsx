import type { UsageFromWebview } from '../../protocol/usage-from-webview.ts';
import type { UsageFilterView, UsageView } from '../../protocol/usage-view.ts';
import { Icon } from '../icon.tsx';
import { Choice } from './choice.tsx';
import { ranges } from './wishes.ts';

interface FiltersProps {
  readonly view: UsageView;
  readonly filter: UsageFilterView;
  readonly waiting: boolean;
  readonly ask: (filter?: UsageFilterView) => void;
  readonly post: (message: UsageFromWebview) => void;
}

/** Which requests count, how old the numbers are, and the ways to take them along. */
export function Filters({ view, filter, waiting, ask, post }: FiltersProps) {
  const { model, provider, role, ...rest } = filter;
  const roleToo = role === undefined ? {} : { role };
  const fromToo = { ...(model !== undefined && { model }), ...(provider !== undefined && { provider }) };
  return (
    <div class="filters">
      <Choice
        label="Range"
        name="range"
        options={ranges}
        value={filter.range}
        onChange={(range) => ask({ ...filter, range })}
      />
      <select
        aria-label="Model"
        data-testid="filter-model"
        onChange={({ currentTarget }) => ask({ ...rest, ...roleToo, ...chosen(currentTarget.value) })}
      >
        <option value="" selected={model === undefined && provider === undefined}>
          All models
        </option>
        {providersOf(view, filter).map(([name, models]) => (
          <optgroup key={name} label={name}>
            <option value={`all of ${name}`} selected={provider === name}>
              All of {name}
            </option>
            {models.map((ref) => (
              <option key={ref} value={`model ${ref}`} selected={model === ref}>
                {ref}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <select
        aria-label="Role"
        data-testid="filter-role"
        onChange={({ currentTarget: { value } }) => ask({ ...rest, ...fromToo, ...(value !== '' && { role: value }) })}
      >
        <option value="" selected={role === undefined}>
          All roles
        </option>
        {withChosen(view.choices.roles, role).map((name) => (
          <option key={name} value={name} selected={role === name}>
            {name}
          </option>
        ))}
      </select>
      <span class="actions">
        <button type="button" class="text-button" disabled={waiting} onClick={() => ask()}>
          <Icon name="refresh" /> Refresh
        </button>
        <button type="button" class="text-button" onClick={() => post({ type: 'export-usage', format: 'csv', filter })}>
          <Icon name="export" /> CSV<span class="for-screen-reader"> export</span>
        </button>
        <button
          type="button"
          class="text-button"
          onClick={() => post({ type: 'export-usage', format: 'json', filter })}
        >
          <Icon name="export" /> JSON<span class="for-screen-reader"> export</span>
        </button>
        <button type="button" class="text-button" onClick={() => post({ type: 'open-budget-settings' })}>
          <Icon name="gear" /> Budgets
        </button>
      </span>
      <span class="as-of" role="status">
        As of {clock.format(view.at)}
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

function chosen(value: string): Pick<UsageFilterView, 'model' | 'provider'> {
  if (value.startsWith('model ')) return { model: value.slice('model '.length) };
  return value.startsWith('all of ') ? { provider: value.slice('all of '.length) } : {};
}

/** A saved filter may name what is not in the ledger any more. */
function withChosen(names: readonly string[], name: string | undefined): readonly string[] {
  return name === undefined || names.includes(name) ? names : [...names, name];
}

function providersOf(
  { choices }: UsageView,
  { model, provider }: UsageFilterView,
): readonly (readonly [string, readonly string[]])[] {
  const providerOf = (ref: string): string => ref.slice(0, ref.indexOf('/'));
  const models = Map.groupBy(withChosen(choices.models, model), providerOf);
  const names = withChosen(choices.providers, provider ?? (model && providerOf(model)));
  return names.map((name) => [name, models.get(name) ?? []]);
}
