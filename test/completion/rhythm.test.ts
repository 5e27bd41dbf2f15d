import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompletionQuery } from '../../src/completion/document.ts';
import type { CompletionPreferences } from '../../src/completion/ports.ts';
import { Rhythm } from '../../src/completion/rhythm.ts';
import { delayFor } from '../../src/completion/trigger.ts';
import type { Model } from '../../src/llm/model.ts';
import { infillModel } from './scripted-models.ts';

const paid = { ...infillModel, endpoint: { ...infillModel.endpoint, local: false } };
const preferences: CompletionPreferences = {
  enabled: true,
  trigger: 'automatic',
  delayMs: 'auto',
  maxLines: 20,
  ahead: 'auto',
  streaming: true,
};

const query: CompletionQuery = { offset: 0, trigger: 'automatic', cursors: 1 };

/** Random numbers that are the same every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const cheap = { ...paid, facts: { ...paid.facts, price: { input: 0.3, output: 0.9 } } };

/** Types 60 keys with these gaps; tells how many requests a paid model gets, the one after the last key included. */
function requestsOf(rhythm: Rhythm, gap: (key: number) => number, from: number, model: Model = paid): number {
  let now = from;
  let requests = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  for (let key = 0; key < 60; key++) {
    rhythm.key(now);
    const sinceLastMs = now + 50 - lastAt;
    const delay = delayFor(query, preferences, model, { rhythm, sinceLastMs });
    const next = key === 59 ? Number.POSITIVE_INFINITY : gap(key);
    // The editor waits 50 ms by itself, and drops the question at the next key.
    if (next > 50 + delay) {
      requests += 1;
      lastAt = now + 50 + delay;
    }
    now += next;
  }
  return requests;
}

describe('requests to a paid model while one types 60 keys', () => {
  const roll = random(7);
  const spread = (least: number, most: number) => (): number => least + roll() * (most - least);
  // Most gaps are short, few are long, as fingers do it.
  const skewed = (least: number, most: number) => (): number => least + roll() ** 4 * (most - least);
  const rows: readonly [who: string, gap: (key: number) => number, first: number, later: number][] = [
    ['a machine, 80 ms a key', () => 80, 1, 1],
    ['a fast typist', spread(60, 140), 1, 4],
    ['a usual typist', skewed(90, 320), 12, 6],
    ['a slow typist', spread(180, 420), 12, 6],
    ['words with a breath between them', (key) => (key % 6 === 5 ? 500 : 90), 12, 6],
    ['bursts with thinking between them', (key) => (key % 15 === 14 ? 3000 : 100), 4, 4],
  ];
  it.each(rows)('%s', (who, gap, first, later) => {
    const rhythm = new Rhythm();
    const inFirst = requestsOf(rhythm, gap, 0);
    const inLater = requestsOf(rhythm, gap, 1_000_000);
    console.log(`${who}: ${inFirst} requests in the first 60 keys, ${inLater} later, pause ${rhythm.pauseMs} ms`);
    expect(inFirst).toBeLessThanOrEqual(first);
    expect(inLater).toBeLessThanOrEqual(later);
    expect(inLater).toBeGreaterThan(0);
  });

  it.each(rows)('and to a cheap one: within the burst, too, but few: %s', (who, gap) => {
    const rhythm = new Rhythm();
    const inFirst = requestsOf(rhythm, gap, 0, cheap);
    const inLater = requestsOf(rhythm, gap, 1_000_000, cheap);
    console.log(`${who}: ${inFirst} requests to a cheap model in the first 60 keys, ${inLater} later`);
    expect(inLater).toBeGreaterThanOrEqual(5);
    expect(inLater).toBeLessThanOrEqual(20);
  });
  it('and to a cheap one: at 80 ms a key at most 12', () => {
    expect(requestsOf(new Rhythm(), () => 80, 0, cheap)).toBeLessThanOrEqual(12);
  });
});

describe('the rhythm', () => {
  const pauseAfter = (...gaps: readonly number[]): number => {
    const rhythm = new Rhythm();
    let now = 1000;
    rhythm.key(now);
    for (const gap of gaps) {
      now += gap;
      rhythm.key(now);
    }
    return rhythm.pauseMs;
  };
  const times = (count: number, gap: number): readonly number[] => Array.from({ length: count }, () => gap);

  it('guesses until it has heard enough', () => {
    expect(pauseAfter()).toBe(200);
    expect(pauseAfter(...times(7, 50))).toBe(200);
    expect(pauseAfter(...times(8, 50))).toBe(100);
  });
  it('takes pauses for no part of typing', () => {
    expect(pauseAfter(...times(20, 90).flatMap((gap) => [gap, 2000]))).toBe(pauseAfter(...times(20, 90)));
  });
  it('takes what the editor adds to a key for no key', () => {
    expect(pauseAfter(...times(20, 90).flatMap((gap) => [gap, 1]))).toBe(pauseAfter(...times(20, 91)));
  });
  it('forgets how the one before typed', () => {
    expect(pauseAfter(...times(500, 300), ...times(120, 60))).toBe(pauseAfter(...times(120, 60)));
  });
  it('is longer than nearly all gaps it heard, and bounded', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 599 }), { minLength: 8, maxLength: 119 }), (gaps) => {
        const pause = pauseAfter(...gaps);
        expect(gaps.filter((gap) => gap < pause).length).toBeGreaterThanOrEqual(Math.floor(gaps.length * 0.92));
        expect(pause).toBeLessThanOrEqual(640);
      }),
    );
  });
});
