import type { ModelRef } from '../llm/model-ref.ts';
import {
  isFaster,
  isLate,
  isProof,
  isSame,
  patience,
  remembered,
  type Sample,
  type Speed,
  sinceChange,
  speedOf,
} from './reading-speed.ts';

/** How long a model took to say its first word about a prompt. */
export interface PromptTime {
  readonly model: ModelRef;
  readonly promptCharacters: number;
  /** Of them, what the endpoint says it had read before; absent = it does not say. */
  readonly cachedCharacters?: number;
  readonly firstTextMs: number;
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
    this.#models.set(model, measuredAfter(this.#models.get(model) ?? nothing, sample));
  }
}

function measuredAfter(before: Measured, sample: Sample): Measured {
  const { settled, against, raises } = before;
  const knownWaitMs = settled?.waitMs ?? 0;
  const samples = sinceChange([...before.samples, sample].slice(-remembered), knownWaitMs);
  const speed = speedOf(samples, knownWaitMs);
  const late = isLate(samples);
  const now: Measured = { ...before, samples, slow: before.slow || late };
  if (!speed || (settled && !isProof(samples, speed, settled, late))) return now;
  if (!settled) return { ...now, against: 0, settled: speed };
  if (isSame(speed, settled)) return { ...now, against: 0 };
  const faster = isFaster(speed, settled);
  if (against + 1 < (faster ? patience * 2 ** raises : patience)) return { ...now, against: against + 1 };
  return { ...now, against: 0, settled: speed, raises: Math.min(raises + (faster ? 1 : 0), mostRaises) };
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
