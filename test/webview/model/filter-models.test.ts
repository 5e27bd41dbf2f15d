import { describe, expect, it } from 'vitest';
import { filterModels } from '../../../src/webview/model/filter-models.ts';
import { models } from '../support/views.ts';

function check(
  what: string,
  query: string,
  expected: readonly (readonly [provider: string, ...labels: string[]])[],
): void {
  it(what, () => {
    const found = filterModels(models, query).map((group) => [group.provider, ...group.models.map((one) => one.label)]);
    expect(found).toEqual(expected);
  });
}

describe('filterModels', () => {
  it('lists all of them, by provider in the order given', () => {
    const groups = filterModels(models, '');
    expect(groups.map((group) => group.provider)).toEqual(['Inside the editor', 'OpenAI', 'Anthropic', 'work-cluster']);
    expect(groups.flatMap((group) => group.models)).toHaveLength(models.length);
  });
  check('finds by name, whatever the case', 'CLAUDE', [['Anthropic', 'Claude Sonnet 4.5', 'Claude Haiku 4.5']]);
  check('needs every word, in any order', 'mini gpt', [['OpenAI', 'GPT-5 mini']]);
  check('finds by provider', 'inside', [['Inside the editor', 'SmolLM2 135M', 'Qwen2.5-Coder 1.5B']]);
  check('finds by the id sent on the wire', 'a35b-instruct', [['work-cluster', 'qwen3-coder-480b-a35b-instruct-fp8']]);
  check('finds by what a model can do', 'free 8k', [['Inside the editor', 'SmolLM2 135M']]);
  check('finds nothing for what is not there', 'gpt nonsense', []);
});
