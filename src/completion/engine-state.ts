import type { ModelRef } from '../llm/model-ref.ts';

/** What the status bar shows of completions. */
export interface EngineState {
  readonly state: 'idle' | 'waiting' | 'shown' | 'error' | 'off';
  readonly model?: ModelRef;
  /** From the call to the text of the last answer a model gave. */
  readonly lastLatencyMs?: number;
  /** Of the last request; gone when the next one succeeds. */
  readonly lastError?: string;
}

/** Holds the state and tells of its changes. */
export class StateHolder {
  #state: EngineState = { state: 'idle' };
  readonly #listeners = new Set<(state: EngineState) => void>();

  get state(): EngineState {
    return this.#state;
  }

  set(state: EngineState['state'], changed: Omit<EngineState, 'state'> = {}): void {
    const next = { ...this.#state, ...changed, state };
    if (Object.entries(next).every(([key, value]) => this.#state[key as keyof EngineState] === value)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener(next);
  }

  /** An answer came: whatever was wrong before is over. */
  succeed(state: 'idle' | 'shown', model: ModelRef, lastLatencyMs: number): void {
    const { lastError: _over, ...rest } = this.#state;
    this.#state = rest;
    this.set(state, { model, lastLatencyMs });
  }

  /** What was wrong may not be any more. */
  forgetError(): void {
    if (this.#state.state !== 'error') return;
    const { lastError: _over, model: _other, ...rest } = this.#state;
    this.#state = rest;
    this.set('idle');
  }

  onDidChange(listener: (state: EngineState) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }
}
