import { expect } from 'vitest';
import type { AssistantPart } from '../../src/llm/message.ts';
import { ReplyBuilder } from '../../src/llm/reply-builder.ts';
import type { EndEvent } from '../../src/llm/stream-event.ts';
import type { WireProtocol } from '../../src/providers/wire-protocol.ts';
import type { JsonObject } from '../../src/util/json.ts';

export interface ReaderCase {
  readonly name: string;
  /** With the name of the event before it where that counts. */
  readonly payloads: readonly (JsonObject | readonly [event: string, payload: JsonObject])[];
  readonly content?: readonly AssistantPart[];
  readonly end?: Partial<EndEvent>;
}

type Wire = Pick<WireProtocol, 'name' | 'read'>;

/** What a wire's reader makes of payloads, as a whole reply. */
export function readPayloads(wire: Wire, payloads: ReaderCase['payloads']): EndEvent {
  const builder = new ReplyBuilder('test/model', wire.name);
  const reader = wire.read(builder);
  for (const given of payloads) {
    if (isNamed(given)) reader.payload(given[1], given[0]);
    else reader.payload(given, undefined);
  }
  return builder.end('complete');
}

export function checkReader(wire: Wire, { payloads, content, end }: ReaderCase): void {
  const result = readPayloads(wire, payloads);
  if (content) expect(result.message.content).toEqual(content);
  if (end) expect(result).toMatchObject(end);
}

function isNamed(given: ReaderCase['payloads'][number]): given is readonly [string, JsonObject] {
  return Array.isArray(given);
}
