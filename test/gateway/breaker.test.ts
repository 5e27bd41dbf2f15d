import { describe, expect, it } from 'vitest';
import { Breaker, type Passage } from '../../src/gateway/breaker.ts';
import type { Pace } from '../../src/gateway/pace.ts';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { Model } from '../../src/llm/model.ts';
import { endpointAt } from '../providers/ask.ts';
import { end, fails } from '../support/scripted-stream.ts';

const modelOf = (id: string, provider = 'p', url = 'http://one.example/v1'): Model => ({
  ref: `${provider}/${id}`,
  id,
  endpoint: endpointAt(url, { provider }),
  facts: {},
});
const model = modelOf('m');

/** A breaker under a clock that stands still until it is moved. */
function bench(random = 0.5) {
  let now = 1_000_000;
  const pace: Pace = { now: () => now, random: () => random, sleep: () => Promise.reject(new Error('nobody sleeps')) };
  const breaker = new Breaker(pace);
  const pass = (of: Model, insists = false): Passage => {
    const entry = breaker.enter(of, insists);
    if (entry.kind !== 'go') throw new Error(`it is ${entry.kind}`);
    return entry.passage;
  };
  return {
    breaker,
    pass,
    now: () => now,
    later: (ms: number) => {
      now += ms;
    },
    fail: (error: Partial<LlmError>, of = model) => pass(of).ended(fails(error)),
    kind: (of = model, insists = false) => breaker.enter(of, insists).kind,
    health: (of = model) => breaker.health(of),
  };
}

describe('a breaker', () => {
  it.each<[string, Partial<LlmError>, number, boolean]>([
    ['holds after three failures in a row', { code: 'server' }, 3, true],
    ['lets two pass', { code: 'server' }, 2, false],
    ['holds at once where the server says when to come back', { code: 'overloaded', retryAfterMs: 5000 }, 1, true],
    ['holds at once where the quota is used up', { code: 'quota' }, 1, true],
    ['holds at once where a long wait was in vain', { code: 'first-token-timeout' }, 1, true],
    ['holds an address that cannot be reached', { code: 'connection-refused' }, 3, true],
    ['counts no wrong request', { code: 'invalid-request' }, 9, false],
    ['counts no refused key', { code: 'authentication' }, 9, false],
    ['counts no refused content', { code: 'content-filter' }, 9, false],
  ])('%s', (_, error, times, holds) => {
    const { fail, health } = bench();
    for (let time = 0; time < times; time++) fail(error);
    expect(health().kind).toBe(holds ? 'held' : 'ok');
  });

  it('counts only failures in a row, and near each other', () => {
    const { fail, pass, health, later } = bench();
    fail({ code: 'server' });
    fail({ code: 'server' });
    pass(model).ended(end());
    fail({ code: 'server' });
    later(61_000);
    fail({ code: 'server' });
    fail({ code: 'server' });
    expect(health().kind).toBe('ok');
  });

  it('never lets anybody come before the server’s time, and spreads them after it', () => {
    const times = [0, 0.25, 0.5, 0.999].map((random) => {
      const { fail, health, now } = bench(random);
      fail({ code: 'rate-limit', retryAfterMs: 10_000 });
      const state = health();
      return state.kind === 'held' ? state.until - now() : 0;
    });
    expect(times).toEqual([10_000, 11_250, 12_500, 14_995]);
  });

  it('waits twice as long each time, up to five minutes', () => {
    const { fail, health, later, now } = bench();
    const waits: number[] = [];
    for (let time = 0; time < 9; time++) {
      fail({ code: 'first-token-timeout' });
      const state = health();
      const wait = state.kind === 'held' ? state.until - now() : 0;
      waits.push(wait / 1000);
      later(wait);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('lets one try when the pause is over, and the others when that one is answered', () => {
    const { fail, pass, kind, later } = bench();
    fail({ code: 'overloaded', retryAfterMs: 1000 });
    expect(kind()).toBe('held');
    later(1250);
    const probe = pass(model);
    expect([kind(), kind(), kind(model, true)]).toEqual(['probing', 'probing', 'probing']);
    probe.began();
    expect(kind()).toBe('go');
  });

  it('holds again where the one that tried fails, and tells who waits for it', async () => {
    const { breaker, fail, pass, kind, later } = bench();
    fail({ code: 'overloaded', retryAfterMs: 1000 });
    later(2000);
    const probe = pass(model);
    const waiting = breaker.enter(model, false);
    probe.ended(fails({ code: 'server' }));
    await (waiting.kind === 'probing' ? waiting.settled : Promise.reject(new Error(waiting.kind)));
    expect(kind()).toBe('held');
  });

  it('lets another try where the one that tried was given up', () => {
    const { fail, pass, kind, later } = bench();
    fail({ code: 'overloaded', retryAfterMs: 1000 });
    later(2000);
    pass(model).ended(undefined);
    expect(kind()).toBe('go');
  });

  it('lets the last resort try at once, but not against the server’s own word', () => {
    const { fail, kind } = bench();
    for (let time = 0; time < 3; time++) fail({ code: 'server' });
    expect([kind(), kind(model, true)]).toEqual(['held', 'go']);
    const told = bench();
    told.fail({ code: 'rate-limit', retryAfterMs: 9000 });
    expect(told.kind(model, true)).toBe('held');
  });

  it('does not believe a request that left before things changed', () => {
    const { fail, pass, health } = bench();
    const early = pass(model);
    fail({ code: 'quota', retryAfterMs: 60_000 });
    early.ended(end());
    expect(health().kind).toBe('held');
  });

  it('says until when, and forgets when told so', () => {
    const { breaker, fail, health, now } = bench();
    fail({ code: 'quota', retryAfterMs: 3_600_000 });
    const until = now() + 3_600_000 * 1.25;
    expect(health()).toMatchObject({ kind: 'held', until, told: true, error: { retryAt: until } });
    breaker.forget();
    expect(health().kind).toBe('ok');
  });

  it.each<[string, Partial<LlmError>, Model, string]>([
    ['a model’s quota is not another model’s', { code: 'quota' }, modelOf('other'), 'ok'],
    ['nor that of the same model at another provider', { code: 'quota' }, modelOf('m', 'q'), 'ok'],
    ['nor at another address', { code: 'quota' }, modelOf('m', 'p', 'http://two.example/v1'), 'ok'],
    [
      'an address that cannot be reached is so for all its models',
      { code: 'connect-timeout' },
      modelOf('other'),
      'held',
    ],
    ['but not for other addresses', { code: 'connect-timeout' }, modelOf('m', 'p', 'http://two.example/v1'), 'ok'],
  ])('%s', (_, error, other, kind) => {
    const { fail, health } = bench();
    fail(error);
    expect(health(other).kind).toBe(kind);
  });
});
