import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { EndEvent } from '../llm/stream-event.ts';
import { failureRules } from './failure-rules.ts';
import { Fuse, type Health } from './fuse.ts';
import type { Pace } from './pace.ts';

/** May a request leave now? */
export type Entry =
  | { readonly kind: 'go'; readonly passage: Passage }
  /** The server asked for a pause, or has failed too often. */
  | { readonly kind: 'held'; readonly until: number; readonly error: LlmError }
  /** One request is trying whether it works again: `settled` when that is known. */
  | { readonly kind: 'probing'; readonly settled: Promise<void>; readonly error: LlmError };

/** A request on its way. `ended` is called once, whatever becomes of it. */
export interface Passage {
  /** Something of the reply came: the others need not wait for its end. */
  began(): void;
  /** undefined = nobody heard how it ended. */
  ended(end: EndEvent | undefined): void;
}

const ok: Health = { kind: 'ok' };

/**
 * Keeps requests from endpoints that are known not to answer. One for all roles of a window. What cannot be reached is
 * held by address; what answers with a refusal is held by model, for another model of that account may be free.
 */
export class Breaker {
  readonly #pace: Pace;
  readonly #fuses = new Map<string, Fuse>();
  readonly #listeners = new Set<() => void>();

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** What is to be expected of a model; no request is made. */
  health(model: Model): Health {
    const known = this.#fusesOf(model).map((fuse) => fuse.health(this.#pace.now()));
    return known.find(({ kind }) => kind === 'held') ?? known.find(({ kind }) => kind !== 'ok') ?? ok;
  }

  /** `insists`: there is nobody else to ask, so that only the server's own word holds the request back. */
  enter(model: Model, insists: boolean): Entry {
    const now = this.#pace.now();
    const fuses = this.#fusesOf(model);
    for (const fuse of fuses) {
      const health = fuse.health(now);
      if (health.kind === 'probing') return health;
      if (health.kind === 'held' && (health.told || !insists)) return health;
    }
    for (const fuse of fuses) fuse.entered();
    return { kind: 'go', passage: this.#passage(model, fuses) };
  }

  /** Settings or keys are others: what was seen may no longer be so. */
  forget(): void {
    for (const fuse of this.#fuses.values()) fuse.close();
    this.#fuses.clear();
    this.#tell();
  }

  onDidChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #passage(model: Model, fuses: readonly Fuse[]): Passage {
    const epochs = fuses.map((fuse) => fuse.epoch);
    const current = (): readonly Fuse[] => fuses.filter((fuse, nth) => fuse.epoch === epochs[nth]);
    let isOpen = true;
    return {
      began: () => {
        for (const fuse of current()) fuse.answers();
      },
      ended: (end) => {
        if (!isOpen) return;
        isOpen = false;
        if (end?.error) this.#failed(model, end.error, current());
        else if (end === undefined || end.finish === 'aborted') for (const fuse of current()) fuse.left();
        else for (const fuse of current()) fuse.close();
      },
    };
  }

  #failed(model: Model, error: LlmError, current: readonly Fuse[]): void {
    const { trouble } = failureRules[error.code];
    const keys = keysOf(model);
    const blamed = trouble === 'none' ? undefined : this.#fuses.get(keys[trouble]);
    for (const fuse of current) {
      if (fuse === blamed) fuse.failed(error, this.#pace);
      // A server that refuses is a server that answers.
      else if (trouble !== 'endpoint') fuse.close();
      else fuse.left();
    }
    this.#tell();
  }

  #fusesOf(model: Model): readonly Fuse[] {
    return Object.values(keysOf(model)).map((key) => {
      const fuse = this.#fuses.get(key) ?? new Fuse();
      this.#fuses.set(key, fuse);
      return fuse;
    });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function keysOf({ id, endpoint }: Model): { readonly endpoint: string; readonly model: string } {
  const origin = URL.parse(endpoint.baseUrl)?.origin ?? endpoint.vendor;
  const address = `${endpoint.provider} ${origin}`;
  return { endpoint: address, model: `${address} ${id}` };
}
