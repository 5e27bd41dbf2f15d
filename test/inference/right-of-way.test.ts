import { describe, expect, it } from 'vitest';
import { RightOfWay, waitingSteps } from '../../src/inference/right-of-way.ts';

const signal = new AbortController().signal;

describe('completions before conversations', () => {
  it('a conversation waits between two tokens until nothing urgent is computed', async () => {
    const way = new RightOfWay();
    const told: string[] = [];
    async function* tokens(): AsyncGenerator<string, void> {
      yield 'one';
      yield 'two';
    }
    const steps = waitingSteps(tokens(), () => way.wait(signal));
    told.push(String((await steps.next()).value));
    const urgent = Promise.withResolvers<void>();
    const completion = way.urgently(async () => {
      await urgent.promise;
      told.push('completion');
    });
    const next = steps.next().then(({ value }) => told.push(String(value)));
    urgent.resolve();
    await Promise.all([completion, next]);
    expect(told).toEqual(['one', 'completion', 'two']);
    expect(await steps.next()).toEqual({ done: true, value: undefined });
  });

  it('does not keep one that was aborted', async () => {
    const way = new RightOfWay();
    const urgent = Promise.withResolvers<void>();
    const completion = way.urgently(() => urgent.promise);
    await way.wait(AbortSignal.abort());
    const abort = new AbortController();
    const waiting = way.wait(abort.signal);
    abort.abort();
    await waiting;
    urgent.resolve();
    await completion;
  });
});
