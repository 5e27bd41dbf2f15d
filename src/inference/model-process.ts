import type { FromInference } from '../protocol/from-inference.ts';
import type { ToInference } from '../protocol/to-inference.ts';
import { type Child, type ChildOptions, startChild } from './child.ts';
import { EventQueue } from './event-queue.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** What the model is asked for; the process numbers it. */
export type Ask = WithoutId<Extract<ToInference, { type: 'chat' | 'infill' | 'continue' }>>;

export type Answer =
  | WithoutId<Extract<FromInference, { type: 'text' | 'reasoning' | 'done' }>>
  | { readonly type: 'failed'; readonly code: FailureCode; readonly message: string };

export type FailureCode = Extract<FromInference, { type: 'failed' }>['code'] | 'model-crashed';

export interface ModelToLoad {
  readonly path: string;
  readonly contextTokens: number;
}

const loadId = 0;
const aborted: Answer = {
  type: 'done',
  finish: 'aborted',
  rawFinish: 'abort',
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
};

/** One model in a process of its own. Once ended, for whatever reason, it stays ended: start another. */
export class ModelProcess {
  readonly model: ModelToLoad;
  readonly #child: Child;
  readonly #onEnd: () => void;
  readonly #answers = new Map<number, EventQueue<Answer>>();
  readonly #unsent: ToInference[] = [];
  #state: 'loading' | 'loaded' | 'ended' = 'loading';
  #lastId = loadId;

  constructor(model: ModelToLoad, options: ChildOptions, onEnd: () => void) {
    this.model = model;
    this.#onEnd = onEnd;
    this.#child = startChild(options, {
      message: (message) => this.#receive(message),
      exit: (how) =>
        this.#end({ type: 'failed', code: 'model-crashed', message: `The model's process ended (${how}).` }),
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isLoaded(): boolean {
    return this.#state === 'loaded';
  }

  get isIdle(): boolean {
    return this.#answers.size === 0;
  }

  /** Ends with exactly one `done` or `failed`; with `done` at once when the signal is aborted. */
  async *ask(question: Ask, signal: AbortSignal): AsyncGenerator<Answer, void> {
    const id = ++this.#lastId;
    const answers = new EventQueue<Answer>();
    this.#answers.set(id, answers);
    const abort = (): void => {
      this.#send({ type: 'abort', id });
      this.#finish(id, aborted);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (signal.aborted) abort();
      else if (this.#state === 'ended') this.#finish(id, gone);
      else this.#send({ ...question, id });
      yield* answers;
    } finally {
      signal.removeEventListener('abort', abort);
      // The reader has left early: nobody wants the rest.
      if (this.#answers.delete(id)) this.#send({ type: 'abort', id });
    }
  }

  kill(): void {
    this.#end(gone);
    this.#child.kill();
  }

  #send(message: ToInference): void {
    if (this.#state === 'loading') this.#unsent.push(message);
    else this.#child.send(message);
  }

  #receive(message: FromInference): void {
    switch (message.type) {
      case 'ready':
        this.#child.send({
          type: 'load',
          id: loadId,
          modelPath: this.model.path,
          contextTokens: this.model.contextTokens,
        });
        return;
      case 'loaded':
        this.#state = 'loaded';
        for (const unsent of this.#unsent.splice(0)) this.#child.send(unsent);
        return;
      case 'text':
      case 'reasoning':
        this.#answers.get(message.id)?.push(message);
        return;
      case 'done':
        this.#finish(message.id, message);
        return;
      case 'failed':
        if (message.id === undefined || message.id === loadId) {
          this.#end(message);
          this.#child.kill();
        } else {
          this.#finish(message.id, message);
        }
        return;
    }
  }

  #finish(id: number, last: Answer): void {
    const answers = this.#answers.get(id);
    this.#answers.delete(id);
    answers?.push(last);
    answers?.end();
  }

  #end(last: Answer): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    for (const id of [...this.#answers.keys()]) this.#finish(id, last);
    this.#onEnd();
  }
}

const gone: Answer = { type: 'failed', code: 'model-crashed', message: 'The model was unloaded.' };
