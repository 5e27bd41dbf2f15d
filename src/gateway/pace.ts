import { delay } from '../util/delay.ts';

/** Time and chance, so that tests can have their own. */
export interface Pace {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to less than 1. */
  random(): number;
  sleep(ms: number, signal: AbortSignal): Promise<'elapsed' | 'aborted'>;
}

export const realPace: Pace = { now: () => Date.now(), random: () => Math.random(), sleep: delay };
