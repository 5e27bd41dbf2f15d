import type { ReplyBuilder } from '../llm/reply-builder.ts';
import type { FinishReason } from '../llm/stream-event.ts';
import { arrayAt, isObject, type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import { type Channel, ResponseItem } from './responses-item.ts';
import { responsesUsage } from './responses-usage.ts';
import { toldErrorIn } from './told-error.ts';
import type { Progress, ReplyReader } from './wire-protocol.ts';

/** Words for what became of a response, and why one is incomplete. */
const finishes: ReadonlyMap<string, FinishReason> = new Map([
  ['completed', 'stop'],
  ['max_output_tokens', 'length'],
  ['content_filter', 'content-filter'],
  ['incomplete', 'length'],
  ['failed', 'error'],
  ['cancelled', 'error'],
]);

/** Events that carry a piece of an item. */
const deltas: ReadonlyMap<string, Channel> = new Map([
  ['response.output_text.delta', 'text'],
  ['response.refusal.delta', 'refusal'],
  ['response.reasoning_summary_text.delta', 'reasoning'],
  ['response.reasoning_text.delta', 'reasoning'],
  ['response.reasoning.delta', 'reasoning'],
  ['response.function_call_arguments.delta', 'arguments'],
  ['response.custom_tool_call_input.delta', 'arguments'],
]);

/** Reads the events of OpenAI's responses, and whole responses. */
export class ResponsesReader implements ReplyReader {
  readonly #reply: ReplyBuilder;
  /** By place in the output, or by id: servers leave out the one or change the other on the way. */
  readonly #items = new Map<number | string, ResponseItem>();
  #last: ResponseItem | undefined;

  constructor(reply: ReplyBuilder) {
    this.#reply = reply;
  }

  payload(payload: JsonObject, event: string | undefined): Progress {
    const type = stringAt(payload, 'type') ?? event ?? '';
    const channel = deltas.get(type);
    if (channel) this.#itemAt(payload).add(channel, stringAt(payload, 'delta') ?? '');
    switch (type) {
      case 'response.created':
        this.#items.clear();
        break;
      case 'response.output_item.added':
        this.#itemAt(payload).begin(objectAt(payload, 'item') ?? {});
        break;
      case 'response.output_item.done':
        this.#itemAt(payload).end(objectAt(payload, 'item') ?? {});
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return this.#end(objectAt(payload, 'response') ?? payload);
      case 'error':
        // What follows is only the response that has failed.
        this.#reply.finish('error', 'failed');
        return { error: payload };
    }
    if (stringAt(payload, 'object') === 'response' && Array.isArray(payload['output'])) return this.#end(payload);
    return toldErrorIn(payload, event) ?? 'more';
  }

  /** The item an event is about; the one before where it does not say. */
  #itemAt(payload: JsonObject): ResponseItem {
    const id = stringAt(payload, 'item_id') ?? stringAt(objectAt(payload, 'item'), 'id');
    return this.#item(numberAt(payload, 'output_index') ?? id);
  }

  #item(key: number | string | undefined): ResponseItem {
    const known = key === undefined ? this.#last : this.#items.get(key);
    const item = known ?? new ResponseItem(this.#reply);
    if (key !== undefined) this.#items.set(key, item);
    this.#last = item;
    return item;
  }

  /** The whole response says again all that was said, and what no event has told. */
  #end(response: JsonObject): Progress {
    for (const [index, item] of arrayAt(response, 'output').entries()) {
      if (!isObject(item)) continue;
      const id = stringAt(item, 'id');
      const known = this.#items.get(index) ?? (id === undefined ? undefined : this.#items.get(id));
      (known ?? this.#item(index)).end(item);
    }
    const usage = responsesUsage(response['usage']);
    if (usage) this.#reply.usage(usage);
    const status = stringAt(response, 'status');
    const reason = stringAt(objectAt(response, 'incomplete_details'), 'reason');
    this.#reply.finish(finishes.get(reason ?? '') ?? finishes.get(status ?? 'completed') ?? 'unknown', status);
    return toldErrorIn(response, undefined) ?? 'over';
  }
}
