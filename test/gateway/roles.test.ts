import { describe, expect, it } from 'vitest';
import { chainFor, chainOf, chosen, withoutProvider } from '../../src/gateway/roles.ts';
import { choiceText, type ModelChoice, readChoice } from '../../src/llm/model-choice.ts';

const chain = (models: readonly string[], more: object = {}): object => ({
  models,
  localToCloud: false,
  auto: false,
  ...more,
});

describe('the chain of a role', () => {
  it.each<[string, unknown, object]>([
    ['is one model', 'p/a', chain(['p/a'])],
    ['is several', ['p/a', 'q/b', 'p/a'], chain(['p/a', 'q/b'])],
    [
      'may go from this machine elsewhere',
      { chain: ['p/a'], localToCloud: true },
      chain(['p/a'], { localToCloud: true }),
    ],
    ['may be hedged', { chain: ['p/a', 'p/b'], hedgeMs: 300 }, chain(['p/a', 'p/b'], { hedgeMs: 300 })],
    ['is Auto', 'auto', chain([], { auto: true })],
    ['is none where nothing is set', undefined, chain([])],
    ['leaves out what is no model', ['p/a', 7, 'nonsense'], chain(['p/a'])],
    ['takes no nonsense', { chain: 'p/a', hedgeMs: -1 }, chain([])],
    ['takes no nonsense beside a chain', { chain: ['p/a'], hedgeMs: 'soon', localToCloud: 'yes' }, chain(['p/a'])],
  ])('%s', (_, value, expected) => {
    expect(chainOf({ chat: value }, 'chat')).toEqual(expected);
  });

  it('is that of chat for jobs without one, but for completions', () => {
    expect(chainOf({ chat: ['p/a'] }, 'agent')).toEqual(chain(['p/a']));
    expect(chainOf({ chat: 'auto' }, 'edit')).toEqual(chain([], { auto: true }));
    expect(chainOf({ chat: ['p/a'] }, 'completion')).toEqual(chain([]));
  });
});

describe('a chat’s own choice', () => {
  const role = { chat: { chain: ['p/a', 'p/b', 'p/c'], localToCloud: true } };
  it.each<[string, ModelChoice | undefined, object]>([
    ['none: the role’s', undefined, chain(['p/a', 'p/b', 'p/c'], { localToCloud: true })],
    ['one of the chain: the others behind it', 'p/b', chain(['p/b', 'p/a', 'p/c'], { localToCloud: true })],
    ['another model: it alone', 'q/x', chain(['q/x'])],
    ['a chain of its own', ['q/x', 'p/a'], chain(['q/x', 'p/a'])],
    ['a chain of one: it alone', ['p/b'], chain(['p/b'])],
    ['Auto', 'auto', chain([], { auto: true })],
  ])('%s', (_, choice, expected) => {
    expect(chainFor(role, 'chat', choice)).toEqual(expected);
    expect(readChoice(choice && choiceText(choice))).toEqual(choice);
  });

  it.each(['', 'none', '[]', '{"chain":[]}', '[1', '{"chain":7}'])('is none in the text %j', (text) => {
    expect(readChoice(text)).toBeUndefined();
  });
});

describe('a role after the user chose', () => {
  it.each<[string, unknown, ModelChoice, unknown]>([
    ['has the model', 'p/a', 'p/b', 'p/b'],
    ['has the model where it had none', undefined, 'p/b', 'p/b'],
    ['has it before the others', ['p/a', 'p/b'], 'p/b', ['p/b', 'p/a']],
    [
      'keeps what was said of its chain',
      { chain: ['p/a'], localToCloud: true, hedgeMs: 9 },
      'p/b',
      { chain: ['p/b', 'p/a'], localToCloud: true, hedgeMs: 9 },
    ],
    ['has one model in place of Auto', 'auto', 'p/b', 'p/b'],
    ['has Auto', ['p/a', 'p/b'], 'auto', 'auto'],
    ['has another chain', ['p/a'], { chain: ['p/c'] }, { chain: ['p/c'] }],
  ])('%s', (_, before, choice, after) => {
    expect(chosen({ chat: before }, 'chat', choice)).toEqual(after);
  });
});

describe('roles when a provider goes', () => {
  it.each<[string, unknown, object]>([
    ['lose its model', { chat: 'gone/a', utility: 'here/b' }, { chat: undefined }],
    ['keep the others of a chain', { chat: ['gone/a', 'here/b', 'gone/c'] }, { chat: ['here/b'] }],
    [
      'keep what was said of a chain',
      { chat: { chain: ['gone/a', 'here/b'], hedgeMs: 9 } },
      { chat: { chain: ['here/b'], hedgeMs: 9 } },
    ],
    ['stay as they are where it has no place', { chat: 'gone-too/a', completion: ['here/gone'] }, {}],
    ['stay Auto', { chat: 'auto' }, {}],
    ['are none where nothing is set', undefined, {}],
  ])('%s', (_, setting, left) => {
    expect(Object.fromEntries(withoutProvider(setting, 'gone'))).toEqual(left);
    expect([...withoutProvider(setting, 'gone').keys()]).toEqual(Object.keys(left));
  });
});
