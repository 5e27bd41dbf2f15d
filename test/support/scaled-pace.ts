import type { Pace } from '../../src/gateway/pace.ts';
import { delay } from '../../src/util/delay.ts';

/** A clock that runs `factor` times as fast as the real one, with chance that is the same in every run. */
export function scaledPace(factor: number, seed = 1): Pace {
  const begin = Date.now();
  return {
    now: () => begin + (Date.now() - begin) * factor,
    random: seededRandom(seed),
    sleep: (ms, signal) => delay(ms / factor, signal),
  };
}

/** A small generator of the usual kind (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
