import { describe, expect, it } from 'vitest';
import { bestSlot, Slots } from '../../src/inference/slots.ts';

describe('which slot a prompt goes to', () => {
  const check = (held: readonly string[], prompt: string, chosen: number): void => {
    const slots = held.map((text) => ({ tokens: tokens(text) }));
    expect(slots.indexOf(bestSlot(slots, tokens(prompt)) ?? { tokens: [] })).toBe(chosen);
  };
  it.each<[string, readonly string[], string, number]>([
    ['the one that holds its beginning', ['', 'abcd', 'abcdef'], 'abcdefg', 2],
    ['the one that keeps more than it loses', ['', 'abcdxy'], 'abcdefg', 1],
    ['an empty one rather than one that loses more', ['abxyzuvw', ''], 'abcd', 1],
    ['the least recently used where all would lose', ['xyz', 'uvw'], 'abc', 0],
  ])('%s', (_, held, prompt, chosen) => check(held, prompt, chosen));
});

describe('slots', () => {
  it('are lent to as many jobs as there are slots; others wait for one in order', async () => {
    const slots = new Slots([{ tokens: [] }, { tokens: [] }]);
    const ends: (() => void)[] = [];
    const begun: string[] = [];
    const job = (name: string): Promise<void> =>
      slots.use([], async () => {
        begun.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
      });
    const jobs = ['a', 'b', 'c'].map(job);
    await Promise.resolve();
    expect(begun).toEqual(['a', 'b']);
    ends[0]?.();
    await jobs[0];
    await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
    for (const end of ends) end();
    await Promise.all(jobs);
  });

  it('come back after a failure', async () => {
    const slots = new Slots([{ tokens: [] }]);
    await expect(slots.use([], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.use([], async () => 'yes')).toBe('yes');
  });
});

function tokens(text: string): readonly number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
