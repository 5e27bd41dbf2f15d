import { describe, expect, it } from 'vitest';
import type { CompletionQuery } from '../../src/completion/document.ts';
import type { CompletionPreferences } from '../../src/completion/ports.ts';
import { Rhythm } from '../../src/completion/rhythm.ts';
import { delayFor, refusal, type TriggerContext } from '../../src/completion/trigger.ts';
import type { Model } from '../../src/llm/model.ts';
import type { Price } from '../../src/llm/model-facts.ts';
import { DrawnDocument } from './drawn.ts';
import { infillModel } from './scripted-models.ts';

const preferences: CompletionPreferences = {
  enabled: true,
  trigger: 'automatic',
  delayMs: 'auto',
  maxLines: 20,
  ahead: 'auto',
  streaming: true,
};
const typed: CompletionQuery = { offset: 0, trigger: 'automatic', cursors: 1 };
const byHand: CompletionQuery = { ...typed, trigger: 'invoke' };

describe('the delay', () => {
  const local = infillModel;
  const away = (price?: Price): Model => ({
    ...infillModel,
    endpoint: { ...infillModel.endpoint, local: false },
    facts: { ...infillModel.facts, ...(price && { price }) },
  });
  const paid = away({ input: 1, output: 2 });
  const free = away({ input: 0, output: 0 });
  const cheap = away({ input: 0.1, output: 0.4 });
  const fast = rhythmOf(80);
  const slow = rhythmOf(590);

  const rows: readonly [what: string, delay: number, model?: Model, learned?: Parameters<typeof delayFor>[3]][] = [
    ['none before the model is known', 0],
    ['none for a local model', 0, local, { rhythm: slow, latencyMs: 200 }],
    ['none for a free model', 0, free, { rhythm: slow }],
    ['a part of what a slow local model takes', 125, local, { rhythm: slow, latencyMs: 500 }],
    ['no more than it needs to be calm', 150, local, { rhythm: slow, latencyMs: 9000 }],
    ['no longer than a fast typist’s pause', 80, local, { rhythm: fast, latencyMs: 9000 }],
    ['a guess for a paid model and a stranger', 150, paid],
    ['beyond the gaps of a fast typist', 80, paid, { rhythm: fast }],
    ['bounded for a slow one', 500, paid, { rhythm: slow }],
    ['at least so much', 60, paid, { rhythm: rhythmOf(15) }],
    ['the same where the price is not known', 80, away(), { rhythm: fast }],
    ['the same where only reading costs', 80, away({ input: 1, output: 0 }), { rhythm: fast }],
    ['none for a cheap one that was not asked yet', 0, away({ input: 0.5, output: 9 }), { rhythm: fast }],
    ['none for a cheap one after a second', 0, cheap, { rhythm: fast, sinceLastMs: 1000 }],
    ['the same for a cheap one within a second', 80, cheap, { rhythm: fast, sinceLastMs: 999 }],
    ['the same for a dear one after a second', 80, paid, { rhythm: fast, sinceLastMs: 60_000 }],
    ['the same after a second where the price is not known', 80, away(), { rhythm: fast, sinceLastMs: 60_000 }],
  ];
  it.each(rows)('is %s: %i ms', (_, delay, model, learned) =>
    expect(delayFor(typed, preferences, model, learned)).toBe(delay),
  );
  it('is what the setting says', () => {
    expect(delayFor(typed, { ...preferences, delayMs: 35 }, paid, { rhythm: slow })).toBe(35);
    expect(delayFor(typed, { ...preferences, delayMs: -1 }, paid, { rhythm: slow })).toBe(0);
  });
  it('is none for who asks by hand', () => {
    expect(delayFor(byHand, preferences, paid, { rhythm: slow })).toBe(0);
    expect(delayFor(byHand, { ...preferences, delayMs: 35 }, paid, { rhythm: slow })).toBe(0);
  });
});

describe('nothing is asked for', () => {
  const now = 1_000_000;
  const check = (
    query: CompletionQuery,
    changed: Partial<CompletionPreferences>,
    context: Partial<TriggerContext>,
    reason: RegExp | undefined,
  ): void => {
    const all = { preferences: { ...preferences, ...changed }, snoozedUntil: 0, now, ...context };
    const refused = refusal(new DrawnDocument('|'), query, all);
    if (reason === undefined) expect(refused).toBeUndefined();
    else expect(refused?.reason).toMatch(reason);
  };
  const paused = { pausedBecause: 'Quiet.' };
  const snoozed = { snoozedUntil: now + 61_000 };

  it('where all is well: not true', () => check(typed, {}, {}, undefined));
  it('where it is off, by hand neither', () => check(byHand, { enabled: false }, {}, /off for/));
  it('with several cursors', () => check({ ...typed, cursors: 2 }, {}, {}, /several cursors/));
  it('where only a key asks', () => check(typed, { trigger: 'manual' }, {}, /only when asked for/));
  it('by itself while snoozed', () => check(typed, {}, snoozed, /snoozed for 2 more minutes/));
  it('by itself after repeated Escape', () => check(typed, {}, paused, /^Quiet\.$/));
  it.each([paused, snoozed])('but a key always does: %o', (context) => check(byHand, {}, context, undefined));
  it('but a key does where only it may', () => check(byHand, { trigger: 'manual' }, {}, undefined));
});

function rhythmOf(gap: number): Rhythm {
  const rhythm = new Rhythm();
  for (let key = 0; key < 20; key++) rhythm.key(key * gap);
  return rhythm;
}
