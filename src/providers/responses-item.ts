import type { ReplyBuilder } from '../llm/reply-builder.ts';
import { arrayAt, type JsonObject, stringAt } from '../util/json.ts';

/** What a piece of an item is a piece of. */
export type Channel = 'text' | 'refusal' | 'reasoning' | 'arguments';

type Kind = 'message' | 'reasoning' | 'call' | 'other';

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['message', 'message'],
  ['reasoning', 'reasoning'],
  ['function_call', 'call'],
  ['custom_tool_call', 'call'],
]);

/** One item of a response's output, growing. Whole items are kept with what they said, to be sent back. */
export class ResponseItem {
  readonly #reply: ReplyBuilder;
  readonly #received = new Set<Channel>();
  #isBegun = false;
  #isEnded = false;
  /** Number of the tool call that it is. */
  #call: number | undefined;
  /** Arguments that came before the name. */
  #early = '';

  constructor(reply: ReplyBuilder) {
    this.#reply = reply;
  }

  begin(item: JsonObject): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#reply.closePart();
    if (kindOf(item) !== 'call') return;
    this.#call = this.#reply.toolCall(
      stringAt(item, 'call_id') ?? stringAt(item, 'id') ?? '',
      stringAt(item, 'name') ?? '',
    );
    this.#reply.toolCallArguments(this.#call, this.#early);
  }

  add(channel: Channel, text: string): void {
    if (text === '') return;
    this.#received.add(channel);
    switch (channel) {
      case 'text':
        this.#reply.text(text);
        break;
      case 'refusal':
        this.#reply.refusal(text);
        break;
      case 'reasoning':
        this.#reply.reasoning(text);
        break;
      case 'arguments':
        if (this.#call === undefined) this.#early += text;
        else this.#reply.toolCallArguments(this.#call, text);
    }
  }

  /** The whole item: what of it did not come in pieces is said now. */
  end(item: JsonObject): void {
    if (this.#isEnded) return;
    this.begin(item);
    this.#isEnded = true;
    switch (kindOf(item)) {
      case 'message':
        this.#endMessage(item);
        break;
      case 'reasoning':
        this.#endReasoning(item);
        break;
      case 'call': {
        const { arguments: _, input: __, ...rest } = item;
        this.#fill('arguments', stringAt(item, 'arguments') ?? stringAt(item, 'input') ?? '');
        if (this.#call !== undefined) this.#reply.toolCallOpaque(this.#call, { item: rest });
        break;
      }
      case 'other':
        this.#reply.opaquePart({ item });
    }
    this.#reply.closePart();
  }

  #endMessage(item: JsonObject): void {
    const parts = arrayAt(item, 'content');
    this.#fill('text', joined(parts, 'text'));
    this.#fill('refusal', joined(parts, 'refusal'));
    for (const annotation of parts.flatMap((part) => arrayAt(part, 'annotations'))) {
      this.#reply.citation(stringAt(annotation, 'url'), stringAt(annotation, 'title'));
    }
    const { content: _, ...rest } = item;
    // Words and a refusal in one message are two parts, of which neither is the item.
    if (this.#received.has('text') && !this.#received.has('refusal')) this.#reply.opaque({ item: rest });
  }

  #endReasoning(item: JsonObject): void {
    const summary = joined(arrayAt(item, 'summary'), 'text');
    this.#fill('reasoning', summary === '' ? joined(arrayAt(item, 'content'), 'text') : summary);
    if (this.#received.has('reasoning')) this.#reply.opaque({ item });
    else this.#reply.opaquePart({ item });
  }

  #fill(channel: Channel, whole: string): void {
    if (!this.#received.has(channel)) this.add(channel, whole);
  }
}

function kindOf(item: JsonObject): Kind {
  return kinds.get(stringAt(item, 'type') ?? '') ?? 'other';
}

function joined(parts: readonly unknown[], field: string): string {
  return parts.map((part) => stringAt(part, field) ?? '').join('');
}
