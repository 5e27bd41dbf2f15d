import { describe, expect, it } from 'vitest';
import { entryOf, type ProviderAccess } from '../../src/models/provider-entry.ts';

const mine = {
  vendor: 'openai',
  baseUrl: 'https://old.example/v1',
  apiKey: '${env:KEY}',
  caFile: '/ca.pem',
  headers: { 'x-team': 'a' },
  models: { m: { contextWindow: 1000 } },
};

describe('the entry of an added provider', () => {
  it.each<[string, unknown, ProviderAccess, unknown]>([
    ['is what was asked for', undefined, { vendor: 'openai', apiKey: 'k' }, { vendor: 'openai' }],
    [
      'keeps what the user wrote when it is added again with a key',
      mine,
      { vendor: 'openai', apiKey: 'k' },
      { vendor: 'openai', caFile: mine.caFile, headers: mine.headers, models: mine.models },
    ],
    [
      'keeps the key of the environment where no other is given',
      mine,
      { vendor: 'openai', baseUrl: 'https://new.example' },
      {
        vendor: 'openai',
        baseUrl: 'https://new.example',
        apiKey: '${env:KEY}',
        caFile: mine.caFile,
        headers: mine.headers,
        models: mine.models,
      },
    ],
    ['keeps nothing of another vendor', mine, { vendor: 'groq', signIn: true }, { vendor: 'groq', signIn: true }],
    ['never holds the key', {}, { vendor: 'openai', apiKey: 'sk-1' }, { vendor: 'openai' }],
    ['takes the place of an entry that is none', 'nonsense', { vendor: 'openai' }, { vendor: 'openai' }],
  ])('%s', (_, before, access, entry) => {
    expect(entryOf(before, access)).toEqual(entry);
  });
});
