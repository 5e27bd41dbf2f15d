import type { ModelRef } from '../llm/model-ref.ts';

/** How long a model took to say its first word about a prompt. */
export interface PromptTime {
  readonly model: ModelRef;
  readonly promptCharacters: number;
  /** Of them, what the endpoint says it had read before; absent = it does not say. */
  readonly cachedCharacters?: number;
  readonly firstTextMs: number;
}

/** Requests remembered for each model: some minutes of typing. */
const remembered = 32;
/** A prompt this short tells of the way to the model, not of its speed. */
const telling = 400;
/** So many requests in a row have to say the same before a prompt changes its size. */
const patience = 3;
/** Among so many there are always some that were read anew. */
const someUncached = 12;
/** What is no more different than this is the same. */
const tolerance = 1.3;

interface Sample {
  /** Characters the model had to read for this request, at most. */
  readonly fresh: number;
  readonly ms: number;
  /** Nothing of them was in a cache nobody told of. */
  readonly sure: boolean;
}

/** Who answers within this is in no need of shorter prompts. */
const slowMs = 600;

/** `waitMs`: what passes however short the prompt is. */
interface Speed {
  readonly waitMs: number;
  readonly charactersPerMs: number;
}

interface Measured {
  readonly samples: readonly Sample[];
  readonly settled?: Speed;
  /** Requests in a row that speak against `settled`. */
  readonly against: number;
  /** How often it was taken for faster than before. */
  readonly raises: number;
  /** It was seen to be late. */
  readonly slow: boolean;
}

/**
 * Learns how fast each model reads. One slow request (the model was being loaded) counts for nothing;
 * what is said changes only after several requests said so, so that prompts stay as they are.
 */
export class PromptSpeed {
  readonly #models = new Map<ModelRef, Measured>();

  observe({ model, promptCharacters, cachedCharacters, firstTextMs }: PromptTime): void {
    if (!(promptCharacters > 0) || !(firstTextMs > 0) || !Number.isFinite(firstTextMs)) return;
    const fresh = Math.max(0, promptCharacters - Math.max(0, cachedCharacters ?? 0));
    this.#add(model, { fresh, ms: firstTextMs, sure: cachedCharacters !== undefined });
  }

  /** A request was given up after `waitedMs` without a word: it would have taken longer. */
  waited({ model, promptCharacters, cachedCharacters, waitedMs }: Waited): void {
    const speed = this.#models.get(model)?.settled;
    const fresh = promptCharacters - (cachedCharacters ?? 0);
    // Nothing new unless the word should have come by now.
    const expectedMs = speed ? speed.waitMs + fresh / speed.charactersPerMs : shortWaitMs;
    if (waitedMs <= expectedMs) return;
    this.observe({
      model,
      promptCharacters,
      ...(cachedCharacters !== undefined && { cachedCharacters }),
      firstTextMs: waitedMs,
    });
  }

  /** How much of a prompt `model` reads within `ms`, nothing of it cached; undefined = not known yet. */
  charactersWithin(model: ModelRef, ms: number): number | undefined {
    const speed = this.#models.get(model)?.settled;
    if (!speed) return undefined;
    // A long way there is no reason for a short prompt: it would not come sooner.
    return Math.max(ms - speed.waitMs, ms * 0.4) * speed.charactersPerMs;
  }

  /** `model` has let people wait, and not for once only: what was measured counts even where it is less than was hoped for. */
  wasSlow(model: ModelRef): boolean {
    return this.#models.get(model)?.slow === true;
  }

  #add(model: ModelRef, sample: Sample): void {
    const { samples: before, settled, against, raises, slow: wasSlow } = this.#models.get(model) ?? nothing;
    const samples = sinceChange([...before, sample].slice(-remembered), settled?.waitMs ?? 0);
    const speed = speedOf(samples, settled?.waitMs ?? 0);
    const late = isLate(samples);
    const now = { samples, raises, slow: wasSlow || late };
    if (!speed || (settled && !isProof(samples, speed, settled, late))) {
      this.#models.set(model, { ...now, against, ...(settled && { settled }) });
    } else if (!settled) this.#models.set(model, { ...now, against: 0, settled: speed });
    else if (isSame(speed, settled)) this.#models.set(model, { ...now, against: 0, settled });
    else if (!isFaster(speed, settled)) {
      if (against + 1 < patience) this.#models.set(model, { ...now, against: against + 1, settled });
      else this.#models.set(model, { ...now, against: 0, settled: speed });
    } else if (against + 1 < patience * 2 ** raises) this.#models.set(model, { ...now, against: against + 1, settled });
    else this.#models.set(model, { ...now, against: 0, settled: speed, raises: Math.min(raises + 1, mostRaises) });
  }
}

/** Each time it takes twice as many requests as before, so that a model between two sizes comes to rest. */
const mostRaises = 4;

const nothing: Measured = { samples: [], against: 0, raises: 0, slow: false };

export interface Waited {
  readonly model: ModelRef;
  readonly promptCharacters: number;
  readonly cachedCharacters?: number;
  readonly waitedMs: number;
}

/** Of a model nobody has measured, silence so short says nothing. */
const shortWaitMs = 1000;

function speedOf(samples: readonly Sample[], knownWaitMs: number): Speed | undefined {
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
function isProof(samples: readonly Sample[], speed: Speed, settled: Speed, late: boolean): boolean {
  if (isFaster(settled, speed)) return late;
  if (!isFaster(speed, settled)) return true;
  return samples.every(({ sure }) => sure) || ratesOf(samples, 0).length >= someUncached;
}

/** One may have waited for the model to be loaded. */
function isLate(samples: readonly Sample[]): boolean {
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
function sinceChange(samples: readonly Sample[], knownWaitMs: number): readonly Sample[] {
  const last = samples.slice(-patience);
  const before = speedOf(samples.slice(0, -patience), knownWaitMs);
  const now = ratesOf(last, before?.waitMs ?? 0);
  if (!before || now.length < patience || average(last) < longestOf(samples) * 0.8) return samples;
  const slower = Math.max(...now) * 2 < before.charactersPerMs;
  const faster = Math.min(...now) > before.charactersPerMs * 2 && last.every(({ sure }) => sure);
  return slower || faster ? last : samples;
}

function isFaster(one: Speed, other: Speed): boolean {
  return within600(one) >= within600(other) * tolerance;
}

function isSame(one: Speed, other: Speed): boolean {
  return !isFaster(one, other) && !isFaster(other, one);
}

/** Both facts of a speed in one number. */
const within600 = ({ waitMs, charactersPerMs }: Speed): number => Math.max(600 - waitMs, 240) * charactersPerMs;

const ranked = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => a - b);
