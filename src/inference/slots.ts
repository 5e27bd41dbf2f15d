/** Room for one conversation or file in the model's memory. */
export interface Slot {
  /** What it holds now. */
  readonly tokens: readonly number[];
}

interface Waiting<S> {
  readonly choose: (free: readonly S[]) => S | undefined;
  readonly resolve: (slot: S) => void;
}

/** Lends slots to jobs, and keeps what each holds for the next one that goes on from there. */
export class Slots<S extends Slot> {
  /** Least recently used first. */
  readonly #free: S[];
  readonly #waiting: Waiting<S>[] = [];

  constructor(slots: readonly S[]) {
    this.#free = [...slots];
  }

  /** Runs `work` with the slot that `choose` takes of the free ones, else with the one that serves `prompt` best. */
  async use<T>(
    prompt: readonly number[],
    work: (slot: S) => Promise<T>,
    choose: (free: readonly S[]) => S | undefined = () => undefined,
  ): Promise<T> {
    const slot = await this.#take((free) => choose(free) ?? bestSlot(free, prompt));
    try {
      return await work(slot);
    } finally {
      this.#giveBack(slot);
    }
  }

  async #take(choose: Waiting<S>['choose']): Promise<S> {
    const slot = choose(this.#free);
    if (slot === undefined) return await new Promise((resolve) => this.#waiting.push({ choose, resolve }));
    this.#free.splice(this.#free.indexOf(slot), 1);
    return slot;
  }

  #giveBack(slot: S): void {
    const next = this.#waiting.shift();
    if (next) next.resolve(slot);
    else this.#free.push(slot);
  }
}

/** One that would keep more than it loses, the longest first; else an empty one; else the least recently used (`free` begins with it). */
export function bestSlot<S extends Slot>(free: readonly S[], prompt: readonly number[]): S | undefined {
  let best: S | undefined;
  let kept = 0;
  for (const slot of free) {
    const shared = sharedLength(slot.tokens, prompt);
    if (shared <= kept || shared < slot.tokens.length - shared) continue;
    best = slot;
    kept = shared;
  }
  return best ?? free.find(({ tokens }) => tokens.length === 0) ?? free[0];
}

/** How many tokens both begin with. */
export function sharedLength(one: readonly number[], other: readonly number[]): number {
  const most = Math.min(one.length, other.length);
  let index = 0;
  while (index < most && one[index] === other[index]) index++;
  return index;
}
