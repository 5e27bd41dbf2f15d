import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetFor } from '../../src/completion/budget.ts';
import { PromptSpeed } from '../../src/completion/prompt-speed.ts';
import type { Model } from '../../src/llm/model.ts';
import { infillModel } from './scripted-models.ts';
import '../support/property-seed.ts';

/** An endpoint: a way there, a speed of reading, and a cache it may tell of. */
interface Server {
  readonly waitMs: number;
  readonly charactersPerMs: number;
  readonly cache: 'none' | 'told' | 'untold';
  /** Shares on top of its time, one request after the other. */
  readonly wavers?: readonly number[];
  /** Milliseconds on top, by number of the request: loading, other users. */
  readonly accidents?: Readonly<Partial<Record<number, number>>>;
}

/** Typing: a cold prompt at every fifth key, else all but some characters are cached; the prompt is as long as the budget says. */
function type(server: Server, keys: number, model: Model = infillModel, speed = new PromptSpeed()): Typed {
  const sizes: number[] = [];
  const coldMs: number[] = [];
  for (let key = 0; key < keys; key++) {
    const { contextCharacters, prefixCharacters, suffixCharacters } = budgetFor(model, speed);
    const promptCharacters = contextCharacters + prefixCharacters + suffixCharacters;
    const cold = key % 5 === 0 || server.cache === 'none';
    const fresh = cold ? promptCharacters : Math.round(promptCharacters * 0.1);
    const waver = server.wavers?.[(key * 3) % server.wavers.length] ?? 0;
    const readMs = (server.waitMs + fresh / server.charactersPerMs) * (1 + waver);
    if (cold) coldMs.push(readMs);
    sizes.push(promptCharacters);
    speed.observe({
      model: model.ref,
      promptCharacters,
      ...(server.cache === 'told' && { cachedCharacters: promptCharacters - fresh }),
      firstTextMs: readMs + (server.accidents?.[key] ?? 0),
    });
  }
  return { speed, sizes, coldMs, changes: sizes.filter((size, key) => key > 0 && size !== sizes[key - 1]).length };
}

interface Typed {
  readonly speed: PromptSpeed;
  readonly sizes: readonly number[];
  readonly coldMs: readonly number[];
  readonly changes: number;
}

const caches = ['none', 'told', 'untold'] as const;

describe.each(caches)('an endpoint whose cache is: %s', (cache) => {
  it('on a slow processor gets prompts it reads in time', () => {
    const { coldMs, changes } = type({ waitMs: 0, charactersPerMs: 0.7, cache }, 60);
    expect(Math.max(...coldMs.slice(-5))).toBeLessThan(700);
    expect(changes).toBeLessThanOrEqual(3);
  });

  it('that is fast gets some 4000 tokens', () => {
    expect(type({ waitMs: 20, charactersPerMs: 60, cache }, 60).sizes.at(-1)).toBe(12_288);
  });

  it('far away is not taken for a slow one', () => {
    const remote: Model = { ...infillModel, endpoint: { ...infillModel.endpoint, local: false } };
    expect(type({ waitMs: 300, charactersPerMs: 60, cache }, 60, remote).sizes.at(-1)).toBeGreaterThan(9000);
  });

  it('whose way alone takes longer than that gets no shorter prompts for it', () => {
    const remote: Model = { ...infillModel, endpoint: { ...infillModel.endpoint, local: false } };
    const { sizes } = type({ waitMs: 900, charactersPerMs: 60, cache }, 120, remote);
    expect(sizes.at(-1)).toBeGreaterThan(9000);
  });

  it('may load its model first, and again later', () => {
    const usual = type({ waitMs: 0, charactersPerMs: 8, cache }, 60);
    const loaded = type({ waitMs: 0, charactersPerMs: 8, cache, accidents: { 0: 9000, 35: 9000 } }, 60);
    expect(loaded.sizes.at(-1)).toBe(usual.sizes.at(-1));
    expect(loaded.changes).toBeLessThanOrEqual(usual.changes + 1);
  });

  it('far away and asked in a short file is not taken for a slow one', () => {
    const remote: Model = { ...infillModel, endpoint: { ...infillModel.endpoint, local: false } };
    const { speed, sizes } = type({ waitMs: 100, charactersPerMs: 60, cache }, 60, remote);
    for (let key = 0; key < 40; key++) {
      const cachedCharacters = cache === 'told' ? { cachedCharacters: 0 } : {};
      speed.observe({ model: remote.ref, promptCharacters: 500, ...cachedCharacters, firstTextMs: 120 });
    }
    const { contextCharacters, prefixCharacters, suffixCharacters } = budgetFor(remote, speed);
    expect(contextCharacters + prefixCharacters + suffixCharacters).toBe(sizes.at(-1));
  });

  it('that gets busy gets shorter prompts', () => {
    const { speed, sizes } = type({ waitMs: 0, charactersPerMs: 20, cache }, 40);
    const busy = type({ waitMs: 0, charactersPerMs: 2, cache }, 60, infillModel, speed);
    expect(busy.sizes.at(-1)).toBeLessThan(Number(sizes.at(-1)) / 3);
    expect(busy.coldMs.at(-1)).toBeLessThan(700);
  });
});

describe('what is said of a speed', () => {
  it('is nothing before there is something to say', () => {
    const speed = new PromptSpeed();
    expect(speed.charactersWithin('a/b', 600)).toBeUndefined();
    speed.observe({ model: 'a/b', promptCharacters: 5000, firstTextMs: 5000 });
    speed.observe({ model: 'a/b', promptCharacters: 0, firstTextMs: 10 });
    speed.observe({ model: 'a/b', promptCharacters: 5000, firstTextMs: Number.NaN });
    expect(speed.charactersWithin('a/b', 600)).toBeUndefined();
  });

  it('is each model’s own', () => {
    const { speed } = type({ waitMs: 0, charactersPerMs: 1, cache: 'none' }, 10);
    expect(speed.charactersWithin('other/model', 600)).toBeUndefined();
    expect(speed.charactersWithin(infillModel.ref, 600)).toBeCloseTo(600, -1);
  });

  it('is learned also from requests that were given up before their first word', () => {
    const speed = new PromptSpeed();
    for (let request = 0; request < 4; request++) {
      speed.waited({ model: 'a/b', promptCharacters: 5000, waitedMs: 2500 });
      speed.waited({ model: 'a/b', promptCharacters: 5000, waitedMs: 80 });
    }
    expect(speed.charactersWithin('a/b', 600)).toBeCloseTo(1200, -1);
  });

  it('is not changed by a request given up early', () => {
    const { speed } = type({ waitMs: 0, charactersPerMs: 10, cache: 'told' }, 20);
    const before = speed.charactersWithin(infillModel.ref, 600);
    for (let request = 0; request < 20; request++) {
      speed.waited({ model: infillModel.ref, promptCharacters: 5000, cachedCharacters: 0, waitedMs: 100 });
    }
    expect(speed.charactersWithin(infillModel.ref, 600)).toBe(before);
  });

  it('stays the same while times waver by a tenth', () => {
    const waver = fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(waver, fc.double({ min: 0.5, max: 50, noNaN: true }), (factors, rate) => {
        const speed = new PromptSpeed();
        const said = factors.map((factor) => {
          const firstTextMs = (4000 / rate) * factor;
          speed.observe({ model: 'a/b', promptCharacters: 4000, cachedCharacters: 0, firstTextMs });
          return speed.charactersWithin('a/b', 600);
        });
        expect(new Set(said.slice(2)).size).toBe(1);
      }),
    );
  });

  it('hardly changes any more after a while, wherever a model is and however fast it reads', () => {
    const server = fc.record({
      waitMs: fc.integer({ min: 0, max: 1200 }),
      charactersPerMs: fc.double({ min: 0.7, max: 80, noNaN: true }),
      cache: fc.constantFrom(...caches),
      wavers: fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 7, maxLength: 7 }),
    });
    fc.assert(
      fc.property(server, ({ waitMs, charactersPerMs, cache, wavers }) => {
        const { sizes, coldMs } = type({ waitMs, charactersPerMs, cache, wavers }, 160);
        const late = sizes.slice(100);
        expect(late.filter((size, key) => key > 0 && size !== late[key - 1]).length).toBeLessThanOrEqual(5);
        if (waitMs < 200) expect(Math.max(...coldMs.slice(-8))).toBeLessThan(900);
      }),
      { numRuns: 150 },
    );
  });
});
