import { describe, expect, it } from 'vitest';
import { builtInPresets, readPresets } from '../../src/gateway/presets.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ModelFacts } from '../../src/llm/model-facts.ts';
import type { ModelRef } from '../../src/llm/model-ref.ts';

function model(ref: ModelRef, facts: ModelFacts = {}, local = false, chats = true): Model {
  const [provider = '', id = ''] = ref.split('/');
  return {
    ref,
    id,
    endpoint: {
      ...{ provider, vendor: provider, baseUrl: 'https://example.com/v1', keyHeader: 'none', headers: {}, local },
      ...{ timeouts: { connectMs: 0, firstTokenMs: 0, idleMs: 0 }, quirks: {} },
    },
    ...(chats ? { chat: 'openai-chat' as const } : { completion: 'openai-completions' as const }),
    facts,
  };
}

const price = (input: number): ModelFacts => ({ price: { input, output: 4 * input } });

describe('presets made of the models at hand', () => {
  const check = (
    name: string,
    models: readonly Model[],
    expected: unknown,
    ratings: readonly [ModelRef, number][] = [],
  ) => it(name, () => expect(Object.fromEntries(builtInPresets(models, new Map(ratings)))).toEqual(expected));

  check('none without models', [], {});
  const dear = model('a/dear', price(5));
  const cheap = model('a/cheap', price(1));
  const other = model('b/other', price(2));
  const here = model('ollama/coder', {}, true);
  check('by price, one of each provider', [cheap, dear, other, here], {
    Best: { chat: ['a/dear', 'b/other', 'ollama/coder'], completion: ['a/dear', 'b/other', 'ollama/coder'] },
    Cheap: { chat: ['ollama/coder', 'a/cheap', 'b/other'], completion: ['ollama/coder', 'a/cheap', 'b/other'] },
    Private: { chat: 'ollama/coder', completion: 'ollama/coder' },
  });
  check(
    'the user’s ratings say what is best',
    [dear, here],
    {
      Best: { chat: ['ollama/coder', 'a/dear'], completion: ['ollama/coder', 'a/dear'] },
      Cheap: { chat: ['ollama/coder', 'a/dear'], completion: ['ollama/coder', 'a/dear'] },
      Private: { chat: 'ollama/coder', completion: 'ollama/coder' },
    },
    [['ollama/coder', 1]],
  );
  check('an unknown price is no low price', [model('c/unknown')], {
    Best: { chat: 'c/unknown', completion: 'c/unknown' },
  });
  check('what only completes is for completion', [model('d/fim', price(1), false, false)], {
    Best: { completion: 'd/fim' },
    Cheap: { completion: 'd/fim' },
  });
  check('what is not on this machine yet is left out', [model('embedded/big', { absent: true }, true)], {});
});

describe('the user’s presets', () => {
  const check = (name: string, setting: unknown, expected: unknown): void =>
    it(name, () => expect(Object.fromEntries(readPresets(setting))).toEqual(expected));

  check(
    'are read role by role',
    { Work: { chat: 'a/b', completion: ['a/b', 'c/d'], agent: 'auto' } },
    {
      Work: { chat: 'a/b', completion: ['a/b', 'c/d'], agent: 'auto' },
    },
  );
  check(
    'without what is no choice',
    { Work: { chat: 7, nonsense: 'a/b', edit: 'a/b' }, Empty: {}, Odd: 'x' },
    {
      Work: { edit: 'a/b' },
    },
  );
  check('are none where the setting is none', 'x', {});
});
