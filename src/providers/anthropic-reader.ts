import type { ReplyBuilder } from '../llm/reply-builder.ts';
import type { FinishReason } from '../llm/stream-event.ts';
import { arrayAt, type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import { anthropicUsage } from './anthropic-usage.ts';
import { toldErrorIn } from './told-error.ts';
import type { Progress, ReplyReader } from './wire-protocol.ts';

const finishes: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['pause_turn', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
  ['refusal', 'content-filter'],
]);

/** Reads the events of Anthropic's messages, and whole messages. */
export class AnthropicReader implements ReplyReader {
  readonly #reply: ReplyBuilder;
  /** Number of the tool call that a content block is. */
  readonly #toolCalls = new Map<number, number>();
  #usage: JsonObject = {};

  constructor(reply: ReplyBuilder) {
    this.#reply = reply;
  }

  payload(payload: JsonObject, event: string | undefined): Progress {
    // Compatible servers leave out the name of the event, or its type inside the data, but not both.
    switch (stringAt(payload, 'type') ?? event) {
      case 'message_start':
        this.#message(objectAt(payload, 'message') ?? {});
        break;
      case 'message':
        this.#message(payload);
        return 'over';
      case 'content_block_start':
        this.#blockStart(objectAt(payload, 'content_block') ?? {}, numberAt(payload, 'index') ?? 0);
        break;
      case 'content_block_delta':
        this.#blockDelta(objectAt(payload, 'delta') ?? {}, numberAt(payload, 'index') ?? 0);
        break;
      case 'content_block_stop':
        this.#reply.closePart();
        break;
      case 'message_delta':
        this.#finish(objectAt(payload, 'delta'));
        this.#countUsage(objectAt(payload, 'usage'));
        break;
      case 'message_stop':
        return 'over';
    }
    return toldErrorIn(payload, event) ?? 'more';
  }

  /** The beginning of a reply, mostly empty, or all of it. */
  #message(message: JsonObject): void {
    for (const [index, block] of arrayAt(message, 'content').entries()) {
      this.#reply.closePart();
      this.#blockStart(block, index);
    }
    this.#finish(message);
    this.#countUsage(objectAt(message, 'usage'));
  }

  #blockStart(block: unknown, index: number): void {
    this.#reply.closePart();
    switch (stringAt(block, 'type')) {
      case 'thinking':
        this.#thinking(block);
        break;
      case 'redacted_thinking':
        this.#reply.redactedReasoning(stringAt(block, 'data') ?? '');
        break;
      case 'tool_use':
        this.#toolCall(block, index);
        break;
      case 'server_tool_use':
      case 'mcp_tool_use':
        this.#toolCall(block, index, true);
        break;
      default:
        this.#reply.text(stringAt(block, 'text') ?? '');
        for (const citation of arrayAt(block, 'citations')) this.#cite(citation);
    }
  }

  /** Goes by the fields rather than by the delta's type, so that a type of tomorrow loses no text. */
  #blockDelta(delta: JsonObject, index: number): void {
    this.#reply.text(stringAt(delta, 'text') ?? '');
    this.#thinking(delta);
    this.#cite(delta['citation']);
    const toolCall = this.#toolCalls.get(index);
    if (toolCall !== undefined) this.#reply.toolCallArguments(toolCall, stringAt(delta, 'partial_json') ?? '');
  }

  #cite(citation: unknown): void {
    this.#reply.citation(stringAt(citation, 'url'), stringAt(citation, 'title'));
  }

  #thinking(part: unknown): void {
    this.#reply.reasoning(stringAt(part, 'thinking') ?? '');
    const signature = stringAt(part, 'signature');
    if (signature !== undefined && signature !== '') this.#reply.signature(signature);
  }

  #toolCall(block: unknown, index: number, server?: true): void {
    const number = this.#reply.toolCall(stringAt(block, 'id') ?? '', stringAt(block, 'name') ?? '', server);
    this.#toolCalls.set(index, number);
    const input = objectAt(block, 'input');
    // A stream begins with an empty input and sends the arguments after it; only a whole block has them here.
    if (input && Object.keys(input).length > 0) this.#reply.toolCallArguments(number, JSON.stringify(input));
  }

  #finish(holder: unknown): void {
    const raw = stringAt(holder, 'stop_reason');
    if (raw !== undefined) this.#reply.finish(finishes.get(raw) ?? 'unknown', raw);
  }

  /** Counts come in several events, each the whole so far; a null says nothing. */
  #countUsage(usage: JsonObject | undefined): void {
    if (usage === undefined) return;
    const told = Object.entries(usage).filter(([, value]) => value !== null);
    this.#usage = { ...this.#usage, ...Object.fromEntries(told) };
    this.#reply.usage(anthropicUsage(this.#usage));
  }
}
