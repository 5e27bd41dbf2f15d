import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AutoInput, type Candidate, chooseAuto } from '../../src/gateway/auto.ts';
import type { Weights } from '../../src/gateway/auto-decision.ts';
import { shownBy } from '../../src/gateway/auto-evidence.ts';
import { needsOf } from '../../src/gateway/auto-needs.ts';
import { wordDecisions } from '../../src/gateway/auto-page-words.ts';
import { readAuto } from '../../src/gateway/auto-setting.ts';
import type { ModelRef } from '../../src/llm/model-ref.ts';

const noon = new Date(2026, 0, 5, 12).getTime();
const nothing: Weights = { quality: 0, cost: 0, latency: 0, privacy: 0 };
const needs = { kind: 'chat', inputTokens: 1000, outputTokens: 500, images: false, tools: false } as const;
const shown = { requests: 100, failed: 0 };

const dear: Candidate = {
  ref: 'p/dear',
  local: false,
  price: { input: 10, output: 50 },
  shown: { ...shown, firstTokenMs: 2000 },
};
const cheap: Candidate = {
  ref: 'p/cheap',
  local: false,
  price: { input: 0.1, output: 0.4 },
  shown: { ...shown, firstTokenMs: 500 },
};
const own: Candidate = { ref: 'l/own', local: true, shown: { ...shown, firstTokenMs: 4000 } };
const all = [dear, cheap, own];

const choose = (over: Partial<AutoInput>) =>
  chooseAuto({ candidates: all, needs, weights: { ...nothing, quality: 1 }, now: noon, ...over });

const check = (name: string, over: Partial<AutoInput>, order: readonly ModelRef[], because: RegExp = /./): void =>
  it(name, () => {
    const decision = choose(over);
    expect(decision.ranked.map(({ ref }) => ref)).toEqual(order);
    expect(decision.because).toMatch(because);
  });

describe('Auto goes by what the user wants', () => {
  check(
    'a low price',
    { weights: { ...nothing, cost: 1 } },
    ['l/own', 'p/cheap', 'p/dear'],
    /^cheaper \(free, not ≈\$0\.0003\) than p\/cheap$/,
  );
  check(
    'a quick word',
    { weights: { ...nothing, latency: 1 } },
    ['p/cheap', 'p/dear', 'l/own'],
    /^quicker \(0\.5 s, not 2\.0 s\) than p\/dear$/,
  );
  check('privacy', { weights: { ...nothing, privacy: 1 } }, ['l/own', 'p/dear', 'p/cheap'], /on this machine/);
  check('quality, by price where nothing better is known', {}, ['p/dear', 'p/cheap', 'l/own'], /^better/);
  check('quality, by his own ratings', { candidates: [dear, { ...cheap, rating: 0.9 }] }, ['p/cheap', 'p/dear']);
  check(
    'nothing: his own order',
    { weights: nothing },
    ['p/dear', 'p/cheap', 'l/own'],
    /as good as p\/cheap, and before it in the list/,
  );
});

describe('Auto goes by what the request needs', () => {
  const limits = [
    { ...dear, images: false },
    { ...cheap, contextWindow: 1200 },
    { ...own, tools: false },
  ];
  check(
    'images',
    { candidates: limits, needs: { ...needs, inputTokens: 100, images: true } },
    ['p/cheap', 'l/own'],
    /p\/dear takes no images/,
  );
  check(
    'room',
    { candidates: limits },
    ['p/dear', 'l/own'],
    /p\/cheap reads 1200 tokens at once, and about 1500 are needed/,
  );
  check(
    'tools',
    { candidates: limits, needs: { ...needs, inputTokens: 100, tools: true } },
    ['p/dear', 'p/cheap'],
    /l\/own uses no tools/,
  );
  check('what is unknown is not held against a model', { needs: { ...needs, images: true, tools: true } }, [
    'p/dear',
    'p/cheap',
    'l/own',
  ]);
  check('what is left of the budget', { budgetLeft: 0.001 }, ['p/cheap', 'l/own'], /p\/dear would take about \$0\.035/);
});

describe('Auto goes by what the models have shown', () => {
  const failing = { ...cheap, shown: { requests: 20, failed: 15, firstTokenMs: 500 } };
  check('failures', { candidates: [failing, own], weights: { ...nothing, latency: 1, cost: 1 } }, ['l/own', 'p/cheap']);
  const taken = (ref: ModelRef, accepted: number): Candidate => ({
    ref,
    local: false,
    shown: { ...shown, completions: { shown: 200, accepted } },
  });
  check('completions taken', { candidates: [taken('p/a', 20), taken('p/b', 80)] }, ['p/b', 'p/a']);
  const voted = (ref: ModelRef, won: number): Candidate => ({
    ref,
    local: false,
    shown: { ...shown, votes: { won, lost: 10 - won } },
  });
  check('votes', { candidates: [voted('p/a', 2), voted('p/b', 8)] }, ['p/b', 'p/a']);
  const once: Candidate = { ref: 'p/a', local: false, shown: { ...shown, votes: { won: 0, lost: 1 } } };
  it('one vote lost is not the end', () => {
    const [best] = choose({ candidates: [once] }).ranked;
    expect(best?.scores.quality).toBeGreaterThan(0.35);
  });
});

describe('Auto goes by how things are', () => {
  const held = { because: 'has used up its quota', until: noon + (2 * 60 + 32) * 60_000 };
  check(
    'who is held back stands behind',
    { candidates: [{ ...dear, held }, cheap] },
    ['p/cheap', 'p/dear'],
    /p\/dear has used up its quota until 14:32/,
  );
  check(
    'who cannot be asked is out',
    { candidates: [{ ...dear, unavailable: 'has no key' }, cheap] },
    ['p/cheap'],
    /^the only one that can serve now; p\/dear has no key$/,
  );
  check(
    'nobody is left',
    { candidates: [{ ...dear, unavailable: 'has no key' }] },
    [],
    /^none of the models can serve/,
  );
  check('all are held back', { candidates: [{ ...dear, held }] }, ['p/dear'], /all others are held back, too/);
});

describe('Auto stays with the model of a chat', () => {
  const near = [
    { ...dear, rating: 0.8 },
    { ...cheap, rating: 0.75 },
  ];
  check('that is nearly as good', { candidates: near, current: 'p/cheap' }, ['p/cheap', 'p/dear'], /cache/);
  check(
    'but not where another is much better',
    {
      candidates: [
        { ...dear, rating: 0.95 },
        { ...cheap, rating: 0.5 },
      ],
      current: 'p/cheap',
    },
    ['p/dear', 'p/cheap'],
  );
  check(
    'nor where it cannot take this request',
    {
      candidates: [near[0] ?? dear, { ...cheap, images: false }],
      needs: { ...needs, images: true },
      current: 'p/cheap',
    },
    ['p/dear'],
  );
  check(
    'nor while it is held back',
    { candidates: [near[0] ?? dear, { ...cheap, rating: 0.75, held: { because: 'x' } }], current: 'p/cheap' },
    ['p/dear', 'p/cheap'],
  );
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const weightsArbitrary = fc.record({ quality: share, cost: share, latency: share, privacy: share });

describe('any decision', () => {
  it('is the same for the same input, ranks or excludes each model once, and scores from 0 to 1', () => {
    const candidates = fc.uniqueArray(
      fc.record(
        {
          ref: fc.constantFrom<ModelRef>('p/a', 'p/b', 'q/c', 'l/d', 'l/e'),
          local: fc.boolean(),
          price: fc.record({ input: fc.nat(100), output: fc.nat(100) }),
          contextWindow: fc.nat(4000),
          images: fc.boolean(),
          rating: share,
          shown: fc.record({ requests: fc.nat(50), failed: fc.nat(50), firstTokenMs: fc.nat(9000) }),
        },
        { requiredKeys: ['ref', 'local'] },
      ),
      { selector: ({ ref }) => ref },
    );
    fc.assert(
      fc.property(candidates, weightsArbitrary, fc.boolean(), (list, weights, images) => {
        const input = { candidates: list as readonly Candidate[], weights, needs: { ...needs, images }, now: noon };
        const decision = chooseAuto(input);
        expect(chooseAuto(input)).toEqual(decision);
        const named = [...decision.ranked, ...decision.excluded].map(({ ref }) => ref);
        expect(named.toSorted()).toEqual(list.map(({ ref }) => ref).toSorted());
        for (const { total, scores } of decision.ranked) {
          for (const score of [total, ...Object.values(scores)]) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });
});

describe('what Auto goes by', () => {
  it('is read from the settings, and nonsense is left out', () => {
    const setting = { models: ['p/a', 7, 'p/a', 'x'], cost: 2, privacy: 1, ratings: { 'p/a': 0.7, 'p/b': 9, x: 1 } };
    expect(readAuto(setting)).toEqual({
      models: ['p/a'],
      weights: { quality: 0.5, cost: 0.3, latency: 0.3, privacy: 1 },
      ratings: new Map([['p/a', 0.7]]),
      localToCloud: false,
    });
    expect(readAuto(undefined).models).toEqual([]);
  });

  it('is read from the request', () => {
    const image = { type: 'image', mediaType: 'image/png', base64: '' } as const;
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'a'.repeat(400) }, image] }] as const;
    const tools = [{ name: 't', description: '', parameters: {} }];
    expect(needsOf({ kind: 'chat', messages, tools, parameters: { maxOutputTokens: 99 } }, 'agent')).toMatchObject({
      kind: 'chat',
      inputTokens: expect.toSatisfy((tokens: number) => tokens > 1600 && tokens < 1640),
      outputTokens: 99,
      images: true,
      tools: true,
    });
  });

  it('is read from the ledger and the evidence of completions', () => {
    const row = { at: 0, provider: 'p', totalMs: 9, model: 'p/a' };
    const rows = [
      { ...row, role: 'chat', outcome: 'stop', firstTokenMs: 100 },
      { ...row, role: 'chat', outcome: 'server' },
      { ...row, role: 'chat', outcome: 'aborted', firstTokenMs: 300 },
      { ...row, role: 'chat', outcome: 'invalid-request', firstTokenMs: 900 },
      { ...row, role: 'completion', outcome: 'stop', firstTokenMs: 7 },
    ];
    const amount = { model: 'p/a', languageId: 'go' } as const;
    const amounts = [
      { ...amount, name: 'shown', amount: 9 },
      { ...amount, name: 'accepted', amount: 4 },
      { ...amount, languageId: 'ts', name: 'shown', amount: 100 },
    ] as const;
    expect(shownBy(rows, amounts, needs).get('p/a')).toEqual({ requests: 4, failed: 1, firstTokenMs: 300 });
    const inGo = { ...needs, kind: 'completion', language: 'go' } as const;
    expect(shownBy(rows, amounts, inGo).get('p/a')).toEqual({
      requests: 1,
      failed: 0,
      firstTokenMs: 7,
      completions: { shown: 9, accepted: 4 },
    });
    expect(shownBy(rows, amounts, { ...inGo, language: 'lua' }).get('p/a')?.completions?.shown).toBe(109);
  });
});

it('the page shows every score of every model', () => {
  const decision = { ...choose({ weights: { ...nothing, cost: 1 } }), at: noon, role: 'chat' };
  const page = wordDecisions([decision], noon);
  expect(page).toContain('## 12:00, chat → l/own');
  expect(page).toMatch(/\| p\/cheap \| 0\.\d\d \| (?:\d\.\d\d \| ){4}≈\$0\.0003, first token 0\.5 s \|/);
  expect(wordDecisions([], noon)).toContain('has not been asked');
});
