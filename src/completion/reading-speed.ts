/** Requests remembered for each model: some minutes of typing. */
export const remembered = 32;
/** A prompt this short tells of the way to the model, not of its speed. */
const telling = 400;
/** So many requests in a row have to say the same before a prompt changes its size. */
export const patience = 3;
/** Among so many there are always some that were read anew. */
const someUncached = 12;
/** What is no more different than this is the same. */
const tolerance = 1.3;

/** One request, as far as its time tells of the model. */
export interface Sample {
  /** Characters the model had to read for this request, at most. */
  readonly fresh: number;
  readonly ms: number;
  /** Nothing of them was in a cache nobody told of. */
  readonly sure: boolean;
}

/** Who answers within this is in no need of shorter prompts. */
const slowMs = 600;

/** `waitMs`: what passes however short the prompt is. */
export interface Speed {
  readonly waitMs: number;
  readonly charactersPerMs: number;
}

/** How fast a model reads, by what its last requests took; undefined = they do not tell. */
export function speedOf(samples: readonly Sample[], knownWaitMs: number): Speed | undefined {
  const waitMs = waitOf(samples) ?? knownWaitMs;
  const rates = ratesOf(samples, waitMs);
  // The first request may have waited for the model to be loaded.
  if (rates.length < patience) return undefined;
  const charactersPerMs = ranked(rates)[rankOf(rates.length, samples)];
  return charactersPerMs === undefined ? undefined : { waitMs, charactersPerMs };
}

/** What prompts that were all but cached took; else what is left of the times of long and short ones when their lengths are accounted for. */
function waitOf(samples: readonly Sample[]): number | undefined {
  const cached = samples.filter(({ fresh, sure }) => sure && fresh < telling);
  if (cached.length >= 3) return quantile(cached, 0.5);
  const longest = longestOf(samples);
  const long = samples.filter(({ fresh }) => fresh >= longest * 0.8);
  const short = samples.filter(({ fresh }) => fresh >= telling && fresh <= longest * 0.6);
  if (long.length < 3 || short.length < 3) return undefined;
  // Those that took long: the others may have been cached.
  const [longMs, shortMs] = [quantile(long, 0.8), quantile(short, 0.8)];
  const difference = Math.max(0, longMs - shortMs) / (average(long) - average(short));
  return Math.max(0, shortMs - difference * average(short));
}

function quantile(samples: readonly Sample[], share: number): number {
  return ranked(samples.map(({ ms }) => ms))[Math.floor(share * (samples.length - 1))] ?? 0;
}

function longestOf(samples: readonly Sample[]): number {
  return Math.max(0, ...samples.map(({ fresh }) => fresh));
}

function average(samples: readonly Sample[]): number {
  return samples.reduce((sum, { fresh }) => sum + fresh, 0) / samples.length;
}

/**
 * Short prompts answered quickly do not show that a model is slow. And where a cache may have helped unseen, a few
 * quick answers do not show that it is fast.
 */
export function isProof(samples: readonly Sample[], speed: Speed, settled: Speed, late: boolean): boolean {
  if (isFaster(settled, speed)) return late;
  if (!isFaster(speed, settled)) return true;
  return samples.every(({ sure }) => sure) || ratesOf(samples, 0).length >= someUncached;
}

/** One may have waited for the model to be loaded. */
export function isLate(samples: readonly Sample[]): boolean {
  return samples.filter(({ ms }) => ms > slowMs).length >= 2;
}

/** Short prompts beside long ones make a model look slow: only the longer ones count. */
function ratesOf(samples: readonly Sample[], waitMs: number): readonly number[] {
  const longest = longestOf(samples);
  return samples
    .filter(({ fresh }) => fresh >= telling && fresh >= longest / 2)
    .map(({ fresh, ms }) => fresh / Math.max(ms - waitMs, ms * 0.05));
}

/**
 * Which of the rates, slowest first, is the model's. Never the slowest, which may be an accident. Where a cache may
 * have helped unseen, the slow ones are the true ones: those that were read anew.
 */
function rankOf(count: number, samples: readonly Sample[]): number {
  const share = samples.every(({ sure }) => sure) ? 0.4 : 0.1;
  return Math.min(count - 1, Math.max(1, Math.floor(share * (count - 1))));
}

/** The last three all tell of another load than those before, with prompts as long: those before count no more. */
export function sinceChange(samples: readonly Sample[], knownWaitMs: number): readonly Sample[] {
  const last = samples.slice(-patience);
  const before = speedOf(samples.slice(0, -patience), knownWaitMs);
  const now = ratesOf(last, before?.waitMs ?? 0);
  if (!before || now.length < patience || average(last) < longestOf(samples) * 0.8) return samples;
  const slower = Math.max(...now) * 2 < before.charactersPerMs;
  const faster = Math.min(...now) > before.charactersPerMs * 2 && last.every(({ sure }) => sure);
  return slower || faster ? last : samples;
}

export function isFaster(one: Speed, other: Speed): boolean {
  return within600(one) >= within600(other) * tolerance;
}

export function isSame(one: Speed, other: Speed): boolean {
  return !isFaster(one, other) && !isFaster(other, one);
}

/** Both facts of a speed in one number. */
const within600 = ({ waitMs, charactersPerMs }: Speed): number => Math.max(600 - waitMs, 240) * charactersPerMs;

const ranked = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => a - b);
