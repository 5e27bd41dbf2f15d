import type { ChildOptions } from './child.ts';
import { type Answer, type Ask, ModelProcess, type ModelToLoad } from './model-process.ts';

export interface ClientOptions {
  readonly mainPath: string;
  readonly threads: number;
  /** A model that nobody asked for so long leaves memory. */
  readonly idleMs: number;
}

/** Where llama.cpp's compiled files are, and what for. */
export type Compiled = Pick<ChildOptions, 'binaries' | 'gpu'>;

/** Chat and completion may each use another model; more than that has no place in memory. */
const mostProcesses = 2;

/** Keeps models in memory, one process each, from the first question until nobody asked for a while. */
export class InferenceClient {
  readonly #options: ClientOptions;
  /** Least recently asked first. */
  readonly #processes = new Map<string, ModelProcess>();
  readonly #timers = new Map<ModelProcess, NodeJS.Timeout>();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  isLoaded(model: ModelToLoad): boolean {
    return this.#processes.get(keyOf(model))?.isLoaded ?? false;
  }

  /** Process ids of the models in memory. */
  get pids(): readonly number[] {
    return [...this.#processes.values()].flatMap(({ pid }) => pid ?? []);
  }

  /** Loads the model where needed. Ends with exactly one `done` or `failed`; never throws. */
  async *ask(model: ModelToLoad, compiled: Compiled, question: Ask, signal: AbortSignal): AsyncGenerator<Answer, void> {
    const process = this.#processFor(model, compiled);
    clearTimeout(this.#timers.get(process));
    try {
      yield* process.ask(question, signal);
    } finally {
      if (process.isIdle) this.#unloadLater(process);
      this.#makeRoom(mostProcesses);
    }
  }

  dispose(): void {
    for (const process of [...this.#processes.values()]) this.#unload(process);
  }

  #processFor(model: ModelToLoad, compiled: Compiled): ModelProcess {
    const key = keyOf(model);
    const known = this.#processes.get(key);
    if (known) {
      this.#processes.delete(key);
      this.#processes.set(key, known);
      return known;
    }
    this.#makeRoom(mostProcesses - 1);
    const { mainPath, threads } = this.#options;
    const started: ModelProcess = new ModelProcess(model, { mainPath, threads, ...compiled }, () =>
      this.#forget(started),
    );
    this.#processes.set(key, started);
    return started;
  }

  /** A process that is answering stays, even if it is one too many: it leaves when it has answered. */
  #makeRoom(most: number): void {
    for (const process of [...this.#processes.values()]) {
      if (this.#processes.size <= most) return;
      if (process.isIdle) this.#unload(process);
    }
  }

  #unloadLater(process: ModelProcess): void {
    clearTimeout(this.#timers.get(process));
    this.#timers.set(process, setTimeout(() => this.#unload(process), this.#options.idleMs).unref());
  }

  #unload(process: ModelProcess): void {
    this.#forget(process);
    process.kill();
  }

  #forget(process: ModelProcess): void {
    clearTimeout(this.#timers.get(process));
    this.#timers.delete(process);
    if (this.#processes.get(keyOf(process.model)) === process) this.#processes.delete(keyOf(process.model));
  }
}

function keyOf({ path, contextTokens }: ModelToLoad): string {
  return `${contextTokens} ${path}`;
}
