import type { CompletionModels } from '../../src/completion/ports.ts';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { Model } from '../../src/llm/model.ts';
import type { Request } from '../../src/llm/request.ts';
import type { FinishReason, Notice, StreamEvent } from '../../src/llm/stream-event.ts';

export const infillModel: Model = {
  ref: 'test/filler',
  id: 'filler',
  endpoint: {
    provider: 'test',
    vendor: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:1/v1',
    keyHeader: 'none',
    headers: {},
    timeouts: { connectMs: 0, firstTokenMs: 0, idleMs: 0 },
    quirks: {},
    local: true,
  },
  chat: 'openai-chat',
  completion: 'openai-completions',
  facts: { fim: 'infill' },
};

/** One request as the model port saw it, answered by the test piece by piece. */
export class ScriptedRequest {
  readonly request: Request;
  readonly signal: AbortSignal;
  /** Whose text is in it, as the engine says. */
  readonly files: readonly string[];
  /** The consumer left the loop, or the signal was aborted. */
  closed = false;
  readonly #events: StreamEvent[] = [];
  #wake: () => void = () => undefined;

  constructor(request: Request, signal: AbortSignal, files: readonly string[]) {
    this.request = request;
    this.files = files;
    this.signal = signal;
    signal.addEventListener('abort', () => this.#wake());
  }

  text(text: string): this {
    this.#events.push({ type: 'text', text });
    this.#wake();
    return this;
  }

  notice(notice: Notice): this {
    this.#events.push({ type: 'notice', notice });
    this.#wake();
    return this;
  }

  end(finish: FinishReason = 'stop', error?: LlmError): void {
    const message = { role: 'assistant', content: [], model: infillModel.ref, protocol: 'openai-completions' } as const;
    this.#events.push({ type: 'end', message, finish, ...(error && { error }) });
    this.#wake();
  }

  async *stream(): AsyncIterable<StreamEvent> {
    try {
      for (;;) {
        const event = this.#events.shift();
        if (this.signal.aborted) return;
        if (event) yield event;
        if (event?.type === 'end') return;
        if (!event) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      this.closed = true;
    }
  }
}

/** A model port in the test's hands. */
export class ScriptedModels implements CompletionModels {
  readonly requests: ScriptedRequest[] = [];
  model: Model | string = infillModel;
  /** Answers every request by itself, where given. */
  answer: ((request: ScriptedRequest) => void) | undefined;

  async resolve(): Promise<{ readonly model: Model } | { readonly unavailable: string }> {
    return typeof this.model === 'string' ? { unavailable: this.model } : { model: this.model };
  }

  stream(_model: Model, request: Request, signal: AbortSignal, files: readonly string[]): AsyncIterable<StreamEvent> {
    const asked = new ScriptedRequest(request, signal, files);
    this.requests.push(asked);
    this.answer?.(asked);
    return asked.stream();
  }

  get last(): ScriptedRequest {
    const last = this.requests.at(-1);
    if (!last) throw new Error('The model was not asked.');
    return last;
  }

  /** Settles when the model has been asked `count` times. */
  async asked(count: number): Promise<ScriptedRequest> {
    for (let turn = 0; turn < 200 && this.requests.length < count; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    if (this.requests.length < count) throw new Error(`Asked ${this.requests.length} times, not ${count}.`);
    return this.last;
  }
}
