import type { ReplyBuilder } from '../llm/reply-builder.ts';
import type { FinishReason, Usage } from '../llm/stream-event.ts';
import { arrayAt, type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import type { Progress, ReplyReader } from './wire-protocol.ts';

const finishes: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['tool_use', 'tool-calls'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['guardrail_intervened', 'content-filter'],
  ['content_filtered', 'content-filter'],
  ['malformed_model_output', 'error'],
  ['malformed_tool_use', 'error'],
]);

/** HTTP statuses that Amazon's exceptions have where they come in place of an answer instead of in it. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['validationException', 400],
  ['accessDeniedException', 403],
  ['throttlingException', 429],
  ['modelTimeoutException', 408],
  ['serviceQuotaExceededException', 429],
  ['serviceUnavailableException', 503],
]);

/** Reads the events of Bedrock's converse-stream, and whole answers of converse. */
export class BedrockReader implements ReplyReader {
  readonly #reply: ReplyBuilder;
  /** Number of the tool call that a content block is. */
  readonly #toolCalls = new Map<number, number>();

  constructor(reply: ReplyBuilder) {
    this.#reply = reply;
  }

  payload(payload: JsonObject, event: string | undefined): Progress {
    const exception = stringAt(payload, 'exception');
    if (exception !== undefined) return told(exception, payload);
    // Where an event has no name, it is the name of its only field.
    const name = event ?? Object.keys(payload)[0] ?? '';
    const body = objectAt(payload, name) ?? payload;
    const index = numberAt(body, 'contentBlockIndex') ?? 0;
    switch (name) {
      case 'contentBlockStart':
        this.#reply.closePart();
        this.#toolUse(objectAt(objectAt(body, 'start'), 'toolUse'), index);
        break;
      case 'contentBlockDelta':
        this.#delta(objectAt(body, 'delta') ?? {}, index);
        break;
      case 'contentBlockStop':
        this.#reply.closePart();
        break;
      case 'messageStop':
        this.#finish(body);
        break;
      case 'metadata':
        this.#usage(body);
        return 'over';
      default:
        return this.#whole(payload);
    }
    return 'more';
  }

  #delta(delta: JsonObject, index: number): void {
    this.#reply.text(stringAt(delta, 'text') ?? '');
    this.#reasoning(objectAt(delta, 'reasoningContent') ?? {});
    const number = this.#toolCalls.get(index);
    const input = stringAt(objectAt(delta, 'toolUse'), 'input');
    if (number !== undefined && input !== undefined) this.#reply.toolCallArguments(number, input);
  }

  #reasoning(content: JsonObject): void {
    const thought = objectAt(content, 'reasoningText') ?? content;
    this.#reply.reasoning(stringAt(thought, 'text') ?? '');
    const signature = stringAt(thought, 'signature') ?? '';
    if (signature !== '') this.#reply.signature(signature);
    const redacted = stringAt(content, 'redactedContent') ?? '';
    if (redacted !== '') this.#reply.redactedReasoning(redacted);
  }

  #toolUse(use: JsonObject | undefined, index: number): void {
    if (use === undefined) return;
    const server = stringAt(use, 'type') === 'server_tool_use' ? true : undefined;
    const number = this.#reply.toolCall(stringAt(use, 'toolUseId') ?? '', stringAt(use, 'name') ?? '', server);
    this.#toolCalls.set(index, number);
    const input = objectAt(use, 'input');
    if (input) this.#reply.toolCallArguments(number, JSON.stringify(input));
  }

  #whole(payload: JsonObject): Progress {
    const message = objectAt(objectAt(payload, 'output'), 'message');
    if (message === undefined) return 'more';
    for (const [index, block] of arrayAt(message, 'content').entries()) {
      this.#reply.closePart();
      this.#reply.text(stringAt(block, 'text') ?? '');
      this.#reasoning(objectAt(block, 'reasoningContent') ?? {});
      this.#toolUse(objectAt(block, 'toolUse'), index);
    }
    this.#finish(payload);
    this.#usage(payload);
    return 'over';
  }

  #finish(holder: JsonObject): void {
    const raw = stringAt(holder, 'stopReason');
    if (raw !== undefined) this.#reply.finish(finishes.get(raw) ?? 'unknown', raw);
  }

  #usage(holder: JsonObject): void {
    const usage = objectAt(holder, 'usage');
    if (usage) this.#reply.usage(bedrockUsage(usage));
  }
}

function told(exception: string, payload: JsonObject): Progress {
  const status = statuses.get(exception);
  return { error: { type: exception, ...payload, ...(status !== undefined && { status }) } };
}

/** `inputTokens` are only those that are neither read from a cache nor put in one. */
function bedrockUsage(usage: JsonObject): Usage {
  const cached = numberAt(usage, 'cacheReadInputTokens');
  const cacheWrite = numberAt(usage, 'cacheWriteInputTokens');
  return {
    input: (numberAt(usage, 'inputTokens') ?? 0) + (cached ?? 0) + (cacheWrite ?? 0),
    output: numberAt(usage, 'outputTokens') ?? 0,
    ...(cached !== undefined && { cached }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  };
}
