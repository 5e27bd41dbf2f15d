import { describe, expect, it } from 'vitest';
import type { ModelView, ShelfView } from '../../../src/protocol/chat-view.ts';
import { arrangeModels } from '../../../src/webview/model/arrange-models.ts';
import { model, models, shelf } from '../support/views.ts';

interface Case {
  readonly query?: string;
  readonly shelf?: Partial<ShelfView>;
  readonly models?: readonly ModelView[];
  readonly current?: ModelView;
  readonly showHidden?: boolean;
  readonly hiddenCount?: number;
}

function check(
  what: string,
  { query = '', shelf: own = {}, models: list = models, current = model, showHidden = false, hiddenCount = 0 }: Case,
  expected: readonly (readonly [section: string, ...labels: string[]])[],
): void {
  it(what, () => {
    const arranged = arrangeModels(list, { ...shelf, ...own }, { query, current, showHidden });
    const found = arranged.sections.map(({ label, options }) => [label, ...options.map((one) => one.model.label)]);
    expect([found, arranged.hiddenCount]).toEqual([expected, hiddenCount]);
  });
}

const providers = [
  ['Inside the editor', 'SmolLM2 135M', 'Qwen2.5-Coder 1.5B'],
  ['OpenAI', 'GPT-5', 'GPT-5 mini'],
  ['Anthropic', 'Claude Sonnet 4.5', 'Claude Haiku 4.5'],
  ['work-cluster', 'qwen3-coder-480b-a35b-instruct-fp8'],
] as const;
const haiku = 'anthropic/claude-haiku-4-5';
const mini = 'openai/gpt-5-mini';
const auto: ModelView = { ref: 'auto', label: 'Auto', provider: 'Several models', kind: 'auto', detail: 'a/b, c/d' };
const gone: ModelView = { ref: 'old/m', label: 'm', provider: 'old', detail: '', unavailable: 'No provider "old".' };

describe('the list without a search', () => {
  check('has every model below its provider, in the order given', {}, providers);
  check('has pins first, in the user’s order, and in their place as well', { shelf: { pinned: [haiku, mini] } }, [
    ['Pinned', 'Claude Haiku 4.5', 'GPT-5 mini'],
    ...providers,
  ]);
  check('has the last ones chosen, and never takes them out of their place', { shelf: { recent: [mini, haiku] } }, [
    ['Recent', 'GPT-5 mini', 'Claude Haiku 4.5'],
    ...providers,
  ]);
  check('says what is pinned once before the rest', { shelf: { pinned: [haiku], recent: [haiku, mini] } }, [
    ['Pinned', 'Claude Haiku 4.5'],
    ['Recent', 'GPT-5 mini'],
    ...providers,
  ]);
  check('has what stands for several models before all', { models: [auto, ...models] }, [
    ['Several models', 'Auto'],
    ...providers,
  ]);
  check('leaves out what is hidden and counts it', { shelf: { hidden: [haiku, mini] }, hiddenCount: 2 }, [
    providers[0],
    ['OpenAI', 'GPT-5'],
    ['Anthropic', 'Claude Sonnet 4.5'],
    providers[3],
  ]);
  check('shows it all when asked to', { shelf: { hidden: [haiku, mini] }, showHidden: true }, providers);
  check('never hides the model in use', { shelf: { hidden: [model.ref] } }, providers);
  check('has the model in use also where nobody lists it', { current: gone }, [['old', 'm'], ...providers]);
  check('forgets pins of models that are gone', { shelf: { pinned: ['no/such'], recent: ['no/such'] } }, providers);
});

describe('a search', () => {
  check('finds by name, whatever the case', { query: 'CLAUDE' }, [
    ['Anthropic', 'Claude Sonnet 4.5', 'Claude Haiku 4.5'],
  ]);
  check('needs every word, in any order', { query: 'mini gpt' }, [['OpenAI', 'GPT-5 mini']]);
  check('finds by provider', { query: 'inside' }, [['Inside the editor', 'SmolLM2 135M', 'Qwen2.5-Coder 1.5B']]);
  check('finds by the id sent on the wire', { query: 'a35b-instruct' }, [
    ['work-cluster', 'qwen3-coder-480b-a35b-instruct-fp8'],
  ]);
  check('finds by what a model can do', { query: 'free 8k' }, [['Inside the editor', 'SmolLM2 135M']]);
  check('takes letters left out', { query: 'cld sonnt' }, [['Anthropic', 'Claude Sonnet 4.5']]);
  check(
    'has the best before the rest',
    { query: 'gpt', models: [{ ...model, ref: 'openai/old', label: 'Old GPT' }, model] },
    [['OpenAI', 'GPT-5', 'Old GPT']],
  );
  check('has each model once, pinned or not', { query: 'haiku', shelf: { pinned: [haiku], recent: [mini] } }, [
    ['Anthropic', 'Claude Haiku 4.5'],
  ]);
  check('counts hidden ones that fit', { query: 'claude', shelf: { hidden: [haiku, mini] }, hiddenCount: 1 }, [
    ['Anthropic', 'Claude Sonnet 4.5'],
  ]);
  check('finds nothing for what is not there', { query: 'gpt nonsense' }, []);
});
