import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplyBuilder } from '../../src/llm/reply-builder.ts';
import { chatWires, completionWires } from '../../src/providers/providers.ts';
import type { WireProtocol } from '../../src/providers/wire-protocol.ts';
import type { JsonObject } from '../../src/util/json.ts';

/** Names of fields and their values as the wires know them, so that what is drawn reaches the depths of the readers. */
const names = [
  ...[
    'type',
    'event',
    'index',
    'id',
    'name',
    'error',
    'message',
    'content',
    'text',
    'delta',
    'role',
    'usage',
    'status',
  ],
  ...['choices', 'tool_calls', 'function', 'arguments', 'finish_reason', 'reasoning_content', 'refusal'],
  ...['content_block', 'partial_json', 'thinking', 'signature', 'stop_reason'],
  ...['item', 'output', 'output_index', 'item_id', 'call_id', 'response', 'summary', 'input', 'object'],
  ...['candidates', 'parts', 'functionCall', 'args', 'partialArgs', 'jsonPath', 'stringValue', 'numberValue'],
  ...['willContinue', 'thoughtSignature', 'thought', 'finishReason', 'promptFeedback', 'blockReason', 'usageMetadata'],
  ...['done', 'done_reason', 'eval_count', 'exception', 'contentBlockDelta', 'contentBlockStart', 'start', 'toolUse'],
  ...['reasoningContent', 'redactedContent', 'messageStop', 'metadata', '__proto__', 'constructor'],
];
const words = [
  ...['', 'x', '{"a":', 'stop', '__proto__', 'response', 'message', 'reasoning', 'function_call', 'custom_tool_call'],
  ...['response.created', 'response.output_item.added', 'response.output_item.done', 'response.output_text.delta'],
  ...['response.function_call_arguments.delta', 'response.completed', 'response.failed', 'error', 'tool_use', 'text'],
  ...['content_block_start', 'content_block_delta', 'message_start', 'message_delta', 'STOP', 'SAFETY', 'end_turn'],
  ...['$.a', '$.a.b[0].c', '$.a[4294967295]', '$.__proto__.x', "$['a']", '$', '$.length'],
];

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...words),
    fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 1e300, [], {}),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.array(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 6 }).map(objectOf),
}));
const payload = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 8 }).map(objectOf);
const event = fc.constantFrom(undefined, ...words);

/** As JSON.parse makes it: also `__proto__` is a field like any other. */
function objectOf(entries: readonly (readonly [string, unknown])[]): JsonObject {
  return JSON.parse(
    `{${entries.map(([name, field]) => `${JSON.stringify(name)}:${JSON.stringify(field)}`).join(',')}}`,
  ) as JsonObject;
}

const wires: readonly Pick<WireProtocol, 'name' | 'read'>[] = [
  ...Object.values(chatWires),
  ...Object.values(completionWires),
];

describe('readers of the wires', () => {
  it.each(wires.map((wire) => [wire.name, wire] as const))('%s takes any JSON without throwing', (_, wire) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(payload, event), { maxLength: 5 }), (payloads) => {
        const builder = new ReplyBuilder('p/m', wire.name);
        const reader = wire.read(builder);
        for (const [json, name] of payloads) reader.payload(json, name);
        const text = JSON.stringify(builder.end('complete'));
        expect(text.length).toBeLessThan(1_000_000);
      }),
      { numRuns: 1500 },
    );
  });

  it('nothing in a payload reaches the prototype of all objects', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});
