import type { ReplyBuilder } from '../llm/reply-builder.ts';
import { isObject, numberAt, objectAt, stringAt } from '../util/json.ts';

interface Call {
  id: string;
  /** Number of the call in the reply; undefined until its name has come. */
  number: number | undefined;
  /** Arguments that came before the name. */
  early: string;
}

/** Puts the pieces of tool calls together, which servers number well, number all 0, or number not at all. */
export class OpenaiToolCalls {
  readonly #reply: ReplyBuilder;
  readonly #byIndex = new Map<number, Call>();
  #last: Call | undefined;

  constructor(reply: ReplyBuilder) {
    this.#reply = reply;
  }

  /** One member of a delta's `tool_calls`, or of a whole message's. */
  piece(piece: unknown): void {
    const details = objectAt(piece, 'function') ?? objectAt(piece, 'custom');
    const name = stringAt(details, 'name') ?? '';
    const call = this.#callOf(piece, name !== '');
    if (call.number === undefined && name !== '') {
      call.number = this.#reply.toolCall(call.id, name);
      this.#reply.toolCallArguments(call.number, call.early);
    }
    const text = argumentsIn(details);
    if (call.number === undefined) call.early += text;
    else this.#reply.toolCallArguments(call.number, text);
  }

  #callOf(piece: unknown, hasName: boolean): Call {
    const index = numberAt(piece, 'index');
    const id = stringAt(piece, 'id') ?? '';
    const known = index === undefined ? this.#last : this.#byIndex.get(index);
    if (known && !(hasName && isAnother(known, id, index))) {
      if (known.number === undefined && id !== '') known.id = id;
      this.#last = known;
      return known;
    }
    const call: Call = { id, number: undefined, early: '' };
    if (index !== undefined) this.#byIndex.set(index, call);
    this.#last = call;
    return call;
  }
}

/** Whether a piece with a name begins another call; some servers repeat the name with every piece of the same one. */
function isAnother(known: Call, id: string, index: number | undefined): boolean {
  if (known.number === undefined) return false;
  if (index === undefined) return id === '' || id !== known.id;
  return id !== '' && known.id !== '' && id !== known.id;
}

/** JSON text; some servers send the object itself. */
function argumentsIn(details: unknown): string {
  const value: unknown = isObject(details) ? (details['arguments'] ?? details['input']) : undefined;
  if (typeof value === 'string') return value;
  return isObject(value) ? JSON.stringify(value) : '';
}
