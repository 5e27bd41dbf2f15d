import { describe, expect, it } from 'vitest';
import { withoutProvider } from '../../src/gateway/roles.ts';

describe('roles when a provider goes', () => {
  it.each<[string, unknown, object]>([
    ['lose its model', { chat: 'gone/a', utility: 'here/b' }, { chat: undefined }],
    ['keep the others of a chain', { chat: ['gone/a', 'here/b', 'gone/c'] }, { chat: ['here/b'] }],
    ['stay as they are where it has no place', { chat: 'gone-too/a', completion: ['here/gone'] }, {}],
    ['are none where nothing is set', undefined, {}],
  ])('%s', (_, setting, left) => {
    expect(Object.fromEntries(withoutProvider(setting, 'gone'))).toEqual(left);
    expect([...withoutProvider(setting, 'gone').keys()]).toEqual(Object.keys(left));
  });
});
