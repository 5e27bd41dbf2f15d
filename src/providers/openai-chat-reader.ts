import type { ReplyBuilder } from '../llm/reply-builder.ts';
import { arrayAt, type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import { openaiFinish } from './openai-finish.ts';
import { OpenaiToolCalls } from './openai-tool-calls.ts';
import { openaiUsage } from './openai-usage.ts';
import { toldErrorIn } from './told-error.ts';
import type { Progress, ReplyReader } from './wire-protocol.ts';

/** Reads chat completion chunks, and whole chat completions, of every vendor that speaks this wire. */
export class OpenaiChatReader implements ReplyReader {
  readonly #reply: ReplyBuilder;
  readonly #toolCalls: OpenaiToolCalls;

  constructor(reply: ReplyBuilder) {
    this.#reply = reply;
    this.#toolCalls = new OpenaiToolCalls(reply);
  }

  payload(payload: JsonObject, event: string | undefined): Progress {
    for (const choice of arrayAt(payload, 'choices')) if ((numberAt(choice, 'index') ?? 0) === 0) this.#choice(choice);
    const usage = openaiUsage(payload['usage']) ?? openaiUsage(objectAt(payload, 'x_groq')?.['usage']);
    if (usage) this.#reply.usage(usage);
    return toldErrorIn(payload, event) ?? 'more';
  }

  #choice(choice: unknown): void {
    const delta = objectAt(choice, 'delta') ?? objectAt(choice, 'message');
    if (delta) this.#delta(delta);
    else this.#reply.text(stringAt(choice, 'text') ?? '');
    const finish = stringAt(choice, 'finish_reason');
    if (finish !== undefined && finish !== '') this.#reply.finish(openaiFinish(finish), finish);
    const usage = openaiUsage(objectAt(choice, 'usage'));
    if (usage) this.#reply.usage(usage);
  }

  #delta(delta: JsonObject): void {
    this.#reply.reasoning(reasoningIn(delta));
    this.#content(delta['content']);
    this.#reply.refusal(stringAt(delta, 'refusal') ?? '');
    for (const annotation of arrayAt(delta, 'annotations')) {
      const cited = objectAt(annotation, 'url_citation');
      this.#reply.citation(stringAt(cited, 'url'), stringAt(cited, 'title'));
    }
    for (const piece of arrayAt(delta, 'tool_calls')) this.#toolCalls.piece(piece);
    const call = objectAt(delta, 'function_call');
    if (call) this.#toolCalls.piece({ index: 0, function: call });
  }

  /** A text, or a list of parts. */
  #content(content: unknown): void {
    if (typeof content === 'string') this.#reply.text(content);
    if (!Array.isArray(content)) return;
    for (const part of content) {
      if (typeof part === 'string') this.#reply.text(part);
      else if (stringAt(part, 'type') === 'thinking') this.#reply.reasoning(thinkingIn(part));
      else if (stringAt(part, 'type') === 'refusal') this.#reply.refusal(stringAt(part, 'refusal') ?? '');
      else this.#reply.text(stringAt(part, 'text') ?? '');
    }
  }
}

/** Vendors send the same thought in up to three fields at once; the first that has words counts. */
function reasoningIn(delta: JsonObject): string {
  const plain = stringAt(delta, 'reasoning_content') || stringAt(delta, 'reasoning');
  if (plain) return plain;
  const details = arrayAt(delta, 'reasoning_details');
  return details.map((detail) => stringAt(detail, 'text') ?? stringAt(detail, 'summary') ?? '').join('');
}

function thinkingIn(part: unknown): string {
  const whole = stringAt(part, 'thinking');
  return (
    whole ??
    arrayAt(part, 'thinking')
      .map((piece) => stringAt(piece, 'text') ?? '')
      .join('')
  );
}
