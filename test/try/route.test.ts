import { describe, expect, it } from 'vitest';
import { answer } from '../../scripts/try/route.ts';

const check = (name: string, row: unknown, expected: object): void =>
  it(name, async () => expect(await answer(row)).toMatchObject(expected));

const chain = ['p/a', 'p/b', 'p/c'];

describe('npm run try -- route, along a chain', () => {
  check('the first that can serve, serves', { chain }, { model: 'p/a', tried: [{ model: 'p/a', outcome: 'ok' }] });
  check(
    'the next answers where one fails',
    { chain, health: { 'p/a': 'rate-limit', 'p/b': 503 } },
    {
      model: 'p/c',
      because: 'p/a: rate-limit; p/b: overloaded → p/c',
      tried: [{ outcome: 'rate-limit' }, { outcome: 'overloaded' }, { outcome: 'ok' }],
    },
  );
  check('nobody answers for a wrong request', { chain, health: { 'p/a': 'invalid-request' } }, { model: null });
  check('nobody answers for a refused key', { chain, health: { 'p/a': 401 } }, { model: null });
  check(
    'nobody goes on by himself after text',
    { chain, health: { 'p/a': { error: 'stream-cut', afterText: true } } },
    {
      model: null,
      because: expect.stringContaining('going on with p/b is offered'),
    },
  );
  check(
    'who is held back is passed over',
    { chain, now: '2026-01-01T12:00Z', health: { 'p/a': { until: '2026-01-01T14:32Z', error: 'quota' } } },
    { model: 'p/b', tried: [{ model: 'p/a', outcome: 'passed over: quota' }, { model: 'p/b' }] },
  );
  check(
    'who was held back until now is asked',
    { chain, now: '2026-01-01T14:32Z', health: { 'p/a': { until: '2026-01-01T14:32Z', error: 'quota' } } },
    { model: 'p/a' },
  );
  check(
    'where all are held back for long, the user is told',
    { chain: ['p/a'], now: 0, health: { 'p/a': { until: 3_600_000 } } },
    { model: null, because: expect.stringContaining('1970-01-01T01:00:00') },
  );
  check(
    'where all are held back for a moment, it is waited for',
    { chain: ['p/a'], now: 0, health: { 'p/a': { until: 5000 } } },
    { model: 'p/a' },
  );
  const models = { 'l/a': { local: true } };
  const health = { 'l/a': 'overloaded' };
  check('nothing leaves the machine unasked', { chain: ['l/a', 'p/b'], models, health }, { model: null });
  check(
    'but where the chain says so',
    { chain: { chain: ['l/a', 'p/b'], localToCloud: true }, models, health },
    {
      model: 'p/b',
    },
  );
  check('from elsewhere to the machine', { chain: ['p/b', 'l/a'], models, health: { 'p/b': 500 } }, { model: 'l/a' });
  check('a choice without a key is told', { chain, models: { 'p/a': { unavailable: 'No key.' } } }, { model: null });
});

describe('npm run try -- route, with Auto', () => {
  const models = {
    'p/dear': { price: { input: 10, output: 50 }, latencyMs: 2000, rating: 0.9 },
    'p/cheap': { price: { input: 0.1, output: 0.4 }, latencyMs: 500, rating: 0.5, images: false },
    'l/own': { local: true, latencyMs: 4000, rating: 0.3, contextWindow: 4096 },
  };
  const row = (more: object): object => ({ chain: 'auto', models, request: { inputTokens: 1000 }, ...more });
  const weights = (more: object): object => ({ quality: 0, cost: 0, latency: 0, privacy: 0, ...more });
  check('the best', row({ weights: weights({ quality: 1 }) }), { model: 'p/dear' });
  check('the cheapest', row({ weights: weights({ cost: 1 }) }), { model: 'l/own' });
  check('the quickest', row({ weights: weights({ latency: 1 }) }), { model: 'p/cheap' });
  check('the most private', row({ weights: weights({ privacy: 1 }) }), { model: 'l/own' });
  check('one that can', row({ weights: weights({ latency: 1 }), request: { images: true } }), {
    model: 'p/dear',
    because: expect.stringContaining('p/cheap takes no images'),
  });
  check('the next best where it fails', row({ weights: weights({ latency: 1 }), health: { 'p/cheap': 500 } }), {
    model: 'p/dear',
    tried: [
      { model: 'p/cheap', outcome: 'server' },
      { model: 'p/dear', outcome: 'ok' },
    ],
  });
});

describe('npm run try -- route, with nonsense', () => {
  const wrong = { error: expect.any(String) };
  check('no row', 7, wrong);
  check('no chain', { role: 'chat' }, wrong);
  check('no such role', { role: 'cook', chain }, wrong);
  check('no such failure', { chain, health: { 'p/a': 'rubbish' } }, wrong);
  check('Auto without models', { chain: 'auto' }, wrong);
});
