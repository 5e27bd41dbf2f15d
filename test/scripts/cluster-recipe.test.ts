import { expect, it } from 'vitest';
import { clusterRecipe } from '../../scripts/servers/cluster-recipe.ts';
import { chainOf } from '../../src/gateway/roles.ts';
import { parseModelRef } from '../../src/llm/model-ref.ts';
import { readProviders } from '../../src/models/provider-config.ts';
import { isError, resolveModel, resolveProvider } from '../../src/models/resolve-model.ts';
import { vendors } from '../../src/providers/vendors.ts';

const recipe = clusterRecipe();

it.each(['team', 'box'] as const)('the settings for the %s in docs/cluster.md are understood as they are', (name) => {
  const { providers, problems } = readProviders(recipe[name].providers);
  expect(problems).toEqual([]);
  const [config, ...others] = providers;
  expect(others).toEqual([]);
  if (!config) throw new Error('no provider');
  expect(config.keyVariable).toBe('TEAM_LLM_KEY');
  const provider = resolveProvider(config, vendors);
  if (isError(provider)) throw new Error(provider.message);
  for (const role of ['chat', 'completion'] as const) {
    const [ref = ''] = chainOf(recipe[name].roles, role).models;
    const parsed = parseModelRef(ref);
    expect(parsed?.provider).toBe(config.id);
    const model = resolveModel(
      provider,
      parsed?.id ?? '',
      { catalog: new Map(), listed: undefined },
      { parameters: {} },
    );
    expect(model[role], role).toBeDefined();
    expect(model.endpoint.timeouts.connectMs).toBe(5000);
  }
});

it('the models of the settings are those of the proxy', () => {
  const named = [...recipe.proxy.matchAll(/model_name: (\S+)/g)].map(([, name]) => name);
  const [config] = readProviders(recipe.team.providers).providers;
  expect(Object.keys(config?.models ?? {})).toEqual(named);
});
