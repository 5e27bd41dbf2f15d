import * as l10n from '@vscode/l10n';
import type { UsageFilterView, UsageView } from '../../protocol/usage-view.ts';
import { Choice } from './choice.tsx';
import { roleName } from './role-names.ts';
import { ranges } from './wishes.ts';

interface FiltersProps {
  readonly view: UsageView;
  readonly filter: UsageFilterView;
  readonly ask: (filter: UsageFilterView) => void;
}

/** Which requests count. */
export function Filters({ view, filter, ask }: FiltersProps) {
  const { model, provider, role, ...rest } = filter;
  const roleToo = role === undefined ? {} : { role };
  const fromToo = { ...(model !== undefined && { model }), ...(provider !== undefined && { provider }) };
  return (
    <div class="filters">
      <Choice
        label={l10n.t('Range')}
        name="range"
        options={ranges()}
        value={filter.range}
        onChange={(range) => ask({ ...filter, range })}
      />
      <select
        aria-label={l10n.t('Model')}
        data-testid="filter-model"
        onChange={({ currentTarget }) => ask({ ...rest, ...roleToo, ...chosen(currentTarget.value) })}
      >
        <option value="" selected={model === undefined && provider === undefined}>
          {l10n.t('All models')}
        </option>
        {providersOf(view, filter).map(([name, models]) => (
          <optgroup key={name} label={name}>
            <option value={`all of ${name}`} selected={provider === name}>
              {l10n.t('All of {0}', name)}
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
        aria-label={l10n.t('Role')}
        data-testid="filter-role"
        onChange={({ currentTarget: { value } }) => ask({ ...rest, ...fromToo, ...(value !== '' && { role: value }) })}
      >
        <option value="" selected={role === undefined}>
          {l10n.t('All roles')}
        </option>
        {withChosen(view.choices.roles, role).map((name) => (
          <option key={name} value={name} selected={role === name}>
            {roleName(name)}
          </option>
        ))}
      </select>
    </div>
  );
}

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
