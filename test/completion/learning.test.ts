import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeEvidence } from '../../src/completion/describe-evidence.ts';
import { CompletionLearning } from '../../src/completion/learning.ts';
import { byLanguage, byModel, type Evidence } from '../../src/completion/learning-summary.ts';
import type { Observation } from '../../src/completion/observation.ts';
import type { WeeklyEvidence } from '../../src/llm/completion-evidence.ts';

const model = 'test/filler';

const facts = (suggestionId: number) =>
  ({ suggestionId, uri: 'file:///a.ts', languageId: 'typescript', model, text: 'return a + b;' }) as const;

const requested = (also: Partial<Observation & { kind: 'requested' }> = {}): Observation => ({
  ...{ kind: 'requested', model, languageId: 'typescript', outcome: 'complete', promptCharacters: 900, totalMs: 400 },
  ...also,
});
const shown = (id: number): Observation => ({ ...facts(id), kind: 'shown', source: 'network', latencyMs: 300 });
const accepted = (id: number): Observation => ({ ...facts(id), kind: 'accepted', offset: 0 });
const typed = (id: number): Observation => ({ ...facts(id), kind: 'typed-through' });
const dismissed = (id: number, how: 'escape' | 'typed-other' | 'moved-away'): Observation => ({
  ...facts(id),
  kind: 'dismissed',
  how,
});

/** Learning with what it wrote, batch by batch. */
function learner(fail: () => boolean = () => false) {
  const batches: (readonly WeeklyEvidence[])[] = [];
  const reports: string[] = [];
  const learning = new CompletionLearning({
    write: async (additions) => {
      if (fail()) throw new Error('the disk is full');
      batches.push(additions);
    },
    textOf: () => undefined,
    report: (sentence) => reports.push(sentence),
  });
  return { learning, batches, reports };
}

async function learned(observations: readonly Observation[]): Promise<Evidence | undefined> {
  const { learning, batches } = learner();
  for (const observation of observations) learning.observe(observation);
  await learning.flush();
  return byModel(batches.flat()).get(model);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what is learned of suggestions', () => {
  const none = { escape: 0, typedOther: 0, movedAway: 0 };
  it.each<[string, readonly Observation[], Partial<Evidence>]>([
    ['shown twice is shown once', [shown(1), shown(1)], { shown: 1 }],
    ['accepted in two pieces is accepted once', [shown(1), accepted(1), accepted(1)], { shown: 1, accepted: 1 }],
    ['accepted that nobody saw is not counted', [accepted(1), typed(2)], {}],
    ['typed by hand', [shown(1), typed(1)], { shown: 1, typedThrough: 1, accepted: 0 }],
    [
      'each way of no',
      [
        ...[shown(1), dismissed(1, 'escape'), shown(2), dismissed(2, 'typed-other')],
        ...[shown(3), dismissed(3, 'moved-away')],
      ],
      { shown: 3, dismissed: { escape: 1, typedOther: 1, movedAway: 1 } },
    ],
    [
      'turned away and taken after all',
      [shown(1), dismissed(1, 'moved-away'), accepted(1)],
      { accepted: 1, dismissed: none },
    ],
    ['taken stays taken', [shown(1), accepted(1), dismissed(1, 'moved-away')], { accepted: 1, dismissed: none }],
  ])('%s', async (_, observations, expected) => {
    expect((await learned(observations)) ?? {}).toMatchObject(expected);
  });

  it('never adds up to more than were shown, and nothing goes below zero, whatever comes in whatever order', () => {
    const observation = fc.oneof(
      fc.nat(5).map(shown),
      fc.nat(5).map(accepted),
      fc.nat(5).map(typed),
      fc
        .tuple(fc.nat(5), fc.constantFrom('escape', 'typed-other', 'moved-away'))
        .map(([id, how]) => dismissed(id, how)),
      fc.constantFrom(requested(), requested({ outcome: 'failed' }), requested({ cost: 0.1 })),
    );
    // Written at any moment, also into another week.
    const step = fc.tuple(observation, fc.constantFrom(0, 5000, 8 * 24 * 3600 * 1000));
    return fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { learning, batches } = learner();
        for (const [each, pause] of steps) {
          learning.observe(each);
          await vi.advanceTimersByTimeAsync(pause);
        }
        await learning.flush();
        const sums = Map.groupBy(batches.flat(), ({ week, name }) => `${week} ${name}`);
        for (const amounts of sums.values())
          expect(amounts.reduce((sum, { amount }) => sum + amount, 0)).toBeGreaterThanOrEqual(0);
        const weeks = Map.groupBy(batches.flat(), ({ week }) => week);
        for (const amounts of weeks.values()) {
          const evidence = byModel(amounts).get(model);
          if (!evidence) continue;
          const { accepted, typedThrough, dismissed } = evidence;
          const ends = [accepted, typedThrough, ...Object.values(dismissed)].reduce((sum, count) => sum + count, 0);
          expect(ends).toBeLessThanOrEqual(evidence.shown);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is learned of requests', () => {
  it('latencies as they are spread', async () => {
    const times = Array.from({ length: 100 }, (_, index) => (index < 90 ? 300 : 2000));
    const evidence = await learned(times.map((ms) => requested({ firstTextMs: ms, totalMs: ms * 2 })));
    const about = (ms: number) => expect.closeTo(ms, -Math.log10(ms * 0.22));
    expect(evidence?.requests).toBe(100);
    expect(evidence?.firstText).toEqual({ p50: about(300), p95: about(2000) });
    expect(evidence?.total).toEqual({ p50: about(600), p95: about(4000) });
  });

  it('no total of what was aborted, for nobody knows how long it would have taken', async () => {
    const evidence = await learned([requested({ outcome: 'aborted', firstTextMs: 200, totalMs: 210 })]);
    expect(evidence).not.toHaveProperty('total');
    expect(evidence).toHaveProperty('firstText');
  });

  it.each<[string, readonly Observation[], Evidence['cost']]>([
    ['no price is no cost', [requested(), shown(1)], undefined],
    [
      'all told',
      [requested({ cost: 0.02 }), requested({ cost: 0.04 }), shown(1), shown(2)],
      { sum: 0.06, per100Shown: 3, about: false },
    ],
    [
      'what was cut off costs like the others',
      [requested({ cost: 0.02 }), requested({ outcome: 'aborted' }), shown(1)],
      { sum: 0.04, per100Shown: 4, about: true },
    ],
    [
      'what failed costs nothing',
      [requested({ cost: 0.02 }), requested({ outcome: 'failed' }), shown(1)],
      { sum: 0.02, per100Shown: 2, about: false },
    ],
    [
      'estimated tokens',
      [requested({ cost: 0.02, usage: { input: 9, output: 3, estimated: true } }), shown(1)],
      { sum: 0.02, per100Shown: 2, about: true },
    ],
    ['free', [requested({ cost: 0 }), shown(1)], { sum: 0, per100Shown: 0, about: false }],
    ['nothing shown yet', [requested({ cost: 0.5 })], { sum: 0.5, about: false }],
  ])('cost: %s', async (_, observations, expected) => {
    expect((await learned(observations))?.cost).toEqual(expected);
  });

  it('tokens, thoughts among them', async () => {
    const usage = { input: 100, output: 10, cached: 80, reasoning: 5, reasoningApart: true };
    expect((await learned([requested({ usage }), requested({ usage })]))?.tokens).toEqual({
      input: 200,
      cached: 160,
      output: 30,
    });
  });

  it('languages apart', async () => {
    const { learning, batches } = learner();
    learning.observe(shown(1));
    for (const id of [2, 3]) learning.observe({ ...shown(id), languageId: 'python' } as Observation);
    await learning.flush();
    expect(byLanguage(batches.flat()).map(({ languageId, shown }) => [languageId, shown])).toEqual([
      ['python', 2],
      ['typescript', 1],
    ]);
  });
});

describe('writing', () => {
  it('waits for a pause, and makes one batch of what came before', async () => {
    const { learning, batches } = learner();
    for (let id = 0; id < 20; id++) {
      learning.observe(shown(id));
      learning.observe(accepted(id));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(batches.map((batch) => batch.map(({ name, amount }) => [name, amount]))).toEqual([
      [
        ['shown', 20],
        ['accepted', 20],
      ],
    ]);
    expect(vi.getTimerCount()).toBe(20); // the looks at what was accepted, no more writing
  });

  it('of somebody who never pauses comes at least once a minute', async () => {
    const { learning, batches } = learner();
    for (let id = 0; id < 140; id++) {
      learning.observe(shown(id));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(batches).toHaveLength(2);
  });

  it('nothing learned is nothing written', async () => {
    const { learning, batches } = learner();
    await learning.flush();
    learning[Symbol.dispose]();
    expect(batches).toEqual([]);
  });

  it('begins at once when the window closes', () => {
    const { learning, batches } = learner();
    learning.observe(shown(1));
    learning[Symbol.dispose]();
    expect(batches).toHaveLength(1);
  });

  it('that failed is told, and made up for with the next', async () => {
    let full = true;
    const { learning, batches, reports } = learner(() => full);
    learning.observe(shown(1));
    await learning.flush();
    expect(reports).toEqual([expect.stringContaining('the disk is full')]);
    full = false;
    learning.observe(shown(2));
    await vi.advanceTimersByTimeAsync(3000);
    expect(byModel(batches.flat()).get(model)?.shown).toBe(2);
  });
});

describe('one line about a model', () => {
  const evidence = (also: Partial<Evidence>): Evidence => ({
    ...{ model, requests: 300, shown: 118, accepted: 50, typedThrough: 3 },
    dismissed: { escape: 5, typedOther: 40, movedAway: 10 },
    tokens: { input: 0, cached: 0, output: 0 },
    ...also,
  });
  const quick = { p50: 312, p95: 930 };
  it.each<[string, Partial<Evidence>]>([
    ['', { shown: 0 }],
    ['9 shown, too few to judge yet', { shown: 9 }],
    ['42 % of 118 accepted', {}],
    ['42 % of 118 accepted · 0.3 s / 0.9 s', { firstText: quick }],
    ['42 % of 118 accepted · 42 ms / 12 s', { firstText: { p50: 42, p95: 12_100 } }],
    ['42 % of 118 accepted · $0.12 per 100', { cost: { sum: 1, per100Shown: 0.12, about: false } }],
    ['42 % of 118 accepted · ≈ $1.20 per 100', { cost: { sum: 1, per100Shown: 1.2, about: true } }],
    ['42 % of 118 accepted · under $0.01 per 100', { cost: { sum: 1, per100Shown: 0.001, about: true } }],
    ['42 % of 118 accepted · free', { cost: { sum: 0, per100Shown: 0, about: false } }],
    ['42 % of 118 accepted · 91 % kept', { kept: { share: 0.91, checked: 44 } }],
  ])('%s', (line, also) => {
    expect(describeEvidence(evidence(also))).toBe(line);
  });
});
