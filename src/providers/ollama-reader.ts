import type { ReplyBuilder } from '../llm/reply-builder.ts';
import type { FinishReason } from '../llm/stream-event.ts';
import { arrayAt, type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import { toldErrorIn } from './told-error.ts';
import type { Progress, ReplyReader } from './wire-protocol.ts';

const finishes: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['load', 'stop'],
  ['unload', 'stop'],
]);

/** Reads the lines of Ollama's chat and generate, and their whole replies. */
export class OllamaReader implements ReplyReader {
  readonly #reply: ReplyBuilder;

  constructor(reply: ReplyBuilder) {
    this.#reply = reply;
  }

  payload(payload: JsonObject, event: string | undefined): Progress {
    const message = objectAt(payload, 'message') ?? payload;
    // The second name is that of servers that imitate Ollama.
    this.#reply.reasoning(stringAt(message, 'thinking') ?? stringAt(message, 'reasoning_content') ?? '');
    this.#reply.text(stringAt(message, 'content') ?? stringAt(message, 'response') ?? '');
    for (const call of arrayAt(message, 'tool_calls')) this.#toolCall(call);
    if (payload['done'] !== true) return toldErrorIn(payload, event) ?? 'more';
    this.#usage(payload);
    // Old versions end without a reason.
    const raw = stringAt(payload, 'done_reason');
    this.#reply.finish(raw === undefined ? 'stop' : (finishes.get(raw) ?? 'unknown'), raw);
    return toldErrorIn(payload, event) ?? 'over';
  }

  /** Calls come whole, their arguments as an object. */
  #toolCall(call: unknown): void {
    const details = objectAt(call, 'function');
    const name = stringAt(details, 'name');
    if (name === undefined) return;
    const number = this.#reply.toolCall(stringAt(call, 'id') ?? '', name);
    const given = details?.['arguments'];
    this.#reply.toolCallArguments(number, typeof given === 'string' ? given : JSON.stringify(given ?? {}));
  }

  /** A prompt that lay in the cache whole is not counted. */
  #usage(payload: JsonObject): void {
    const input = numberAt(payload, 'prompt_eval_count');
    const output = numberAt(payload, 'eval_count');
    if (input !== undefined || output !== undefined) this.#reply.usage({ input: input ?? 0, output: output ?? 0 });
  }
}
