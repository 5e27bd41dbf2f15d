import type { ModelRef } from '../llm/model-ref.ts';

/** What the status bar shows of completions. */
export interface EngineState {
  readonly kind: 'idle' | 'waiting' | 'shown' | 'error' | 'off';
  readonly model?: ModelRef;
  /** From the call to the text of the last answer a model gave. */
  readonly lastLatencyMs?: number;
  /** Of the last request; gone when the next one succeeds. */
  readonly lastError?: string;
}

/** Holds the state and tells of its changes. */
export class StateHolder {
  #state: EngineState = { kind: 'idle' };
  readonly #listeners = new Set<(state: EngineState) => void>();

  get state(): EngineState {
    return this.#state;
  }

  set(kind: EngineState['kind'], changed: Omit<EngineState, 'kind'> = {}): void {
    const next = { ...this.#state, ...changed, kind };
    if (Object.entries(next).every(([key, value]) => this.#state[key as keyof EngineState] === value)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener(next);
  }

  /** An answer came: whatever was wrong before is over. */
  succeed(kind: 'idle' | 'shown', model: ModelRef, lastLatencyMs: number): void {
    const { lastError: _over, ...rest } = this.#state;
    this.#state = rest;
    this.set(kind, { model, lastLatencyMs });
  }

  onDidChange(listener: (state: EngineState) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }
}
