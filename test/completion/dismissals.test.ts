import { describe, expect, it } from 'vitest';
import { Dismissals } from '../../src/completion/dismissals.ts';

type Step = 'esc' | 'welcome' | number;

/** Lives through the steps (numbers: seconds pass); gives the seconds of quiet that are left, 0 = none. */
function quietAfter(...steps: readonly Step[]): number {
  const dismissals = new Dismissals();
  let now = 5000;
  for (const step of steps) {
    if (step === 'esc') dismissals.escaped(now);
    else if (step === 'welcome') dismissals.welcome();
    else now += step * 1000;
  }
  return Number(/ (\d+) s;/.exec(dismissals.reason(now) ?? '')?.[1] ?? 0);
}

const row = ['esc', 1, 'esc', 1, 'esc'] as const;

describe('repeated Escape', () => {
  const rows: readonly [what: string, quiet: number, ...steps: readonly Step[]][] = [
    ['two are no pattern', 0, 'esc', 1, 'esc'],
    ['three bring quiet', 30, ...row],
    ['it passes', 10, ...row, 20],
    ['it ends', 0, ...row, 30],
    ['an acceptance between them counts', 0, 'esc', 'esc', 'welcome', 'esc', 'esc'],
    ['an acceptance ends the quiet', 0, ...row, 'welcome'],
    ['and starts anew', 30, ...row, 31, ...row, 'welcome', ...row],
    ['far apart they are no row', 0, 'esc', 200, 'esc', 200, 'esc'],
    ['the next time it is longer', 60, ...row, 31, ...row],
    ['but not after a long while', 30, ...row, 600, ...row],
    ['and bounded', 480, ...row, 31, ...row, 61, ...row, 121, ...row, 241, ...row, 481, ...row, 481, ...row],
  ];
  it.each(rows)('%s: %i s', (_, quiet, ...steps) => expect(quietAfter(...steps)).toBe(quiet));

  it('is said in one sentence that names the way out', () => {
    const dismissals = new Dismissals();
    expect([dismissals.escaped(0), dismissals.escaped(1), dismissals.escaped(2)]).toEqual([false, false, true]);
    expect(dismissals.reason(2)).toMatch(/^[^.]*Escape[^.]*by hand[^.]*\.$/);
    expect(dismissals.reason(1e9)).toBeUndefined();
  });
});
