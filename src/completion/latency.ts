import type { ModelRef } from '../llm/model-ref.ts';
import type { Observation } from './observation.ts';

const mostRemembered = 20;
/** Fewer say less than what earlier sessions saw. */
const enough = 3;

/** How long each model lately took to its first text. Answers from memory, so it can be asked at every key. */
export class Latencies {
  /** Of this session, latest last. */
  readonly #seen = new Map<ModelRef, readonly number[]>();
  #earlier: ReadonlyMap<ModelRef, number> = new Map();

  /** Requests that were aborted before anything came leave no trace. */
  observe(observation: Observation): void {
    if (observation.kind !== 'requested' || observation.firstTextMs === undefined) return;
    const { model, firstTextMs } = observation;
    this.#seen.set(model, [...(this.#seen.get(model) ?? []), firstTextMs].slice(-mostRemembered));
  }

  /** What earlier sessions saw; counts until this session has seen enough. */
  remember(earlier: ReadonlyMap<ModelRef, number>): void {
    this.#earlier = earlier;
  }

  /** Milliseconds to the first text, in the median; undefined = never seen. */
  latencyOf(model: ModelRef): number | undefined {
    const seen = this.#seen.get(model) ?? [];
    const earlier = this.#earlier.get(model);
    return seen.length < enough && earlier !== undefined ? earlier : median(seen);
  }
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
