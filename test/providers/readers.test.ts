import { describe, expect, it } from 'vitest';
import type { AssistantPart } from '../../src/llm/message.ts';
import { ReplyBuilder } from '../../src/llm/reply-builder.ts';
import { anthropicMessages } from '../../src/providers/anthropic-messages.ts';
import { llamacppInfill } from '../../src/providers/llamacpp-infill.ts';
import { openaiChat } from '../../src/providers/openai-chat.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { checkReader, type ReaderCase } from './read-payloads.ts';

const delta = (fields: JsonObject): JsonObject => ({ choices: [{ index: 0, delta: fields }] });
const calls = (...pieces: readonly JsonObject[]): JsonObject => delta({ tool_calls: pieces });
const call = (id: string, name: string, args: string): AssistantPart => ({
  type: 'tool-call',
  id,
  name,
  arguments: args,
});

const openaiCases: readonly ReaderCase[] = [
  {
    name: 'tool calls in pieces, mixed',
    payloads: [
      calls({ index: 0, id: 'a', function: { name: 'f', arguments: '' } }),
      calls({ index: 1, id: 'b', function: { name: 'g', arguments: '{' } }),
      calls({ index: 0, function: { arguments: '{}' } }, { index: 1, function: { arguments: '}' } }),
    ],
    content: [call('a', 'f', '{}'), call('b', 'g', '{}')],
  },
  {
    name: 'whole tool calls without numbers or ids',
    payloads: [
      calls({ id: '', function: { name: 'f', arguments: '1' } }, { id: '', function: { name: 'f', arguments: '2' } }),
    ],
    content: [call('', 'f', '1'), call('', 'f', '2')],
  },
  {
    name: 'whole tool calls that all have the number 0',
    payloads: [
      calls({ index: 0, id: 'a', function: { name: 'f', arguments: '1' } }),
      calls({ index: 0, id: 'b', function: { name: 'f', arguments: '2' } }),
    ],
    content: [call('a', 'f', '1'), call('b', 'f', '2')],
  },
  {
    name: 'a call without a number in pieces',
    payloads: [calls({ id: 'a', function: { name: 'f', arguments: '{' } }), calls({ function: { arguments: '}' } })],
    content: [call('a', 'f', '{}')],
  },
  {
    name: 'a name repeated with every piece',
    payloads: [
      calls({ index: 0, id: 'a', function: { name: 'f', arguments: '{' } }),
      calls({ index: 0, id: 'a', function: { name: 'f', arguments: '}' } }),
    ],
    content: [call('a', 'f', '{}')],
  },
  {
    name: 'a name that comes after the id and the first arguments',
    payloads: [
      calls({ index: 0, id: 'a', function: { arguments: '{' } }),
      calls({ index: 0, function: { name: 'f', arguments: '}' } }),
    ],
    content: [call('a', 'f', '{}')],
  },
  {
    name: 'arguments as an object',
    payloads: [calls({ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } })],
    content: [call('a', 'f', '{"x":1}')],
  },
  {
    name: 'the old single function call',
    payloads: [delta({ function_call: { name: 'f', arguments: '{' } }), delta({ function_call: { arguments: '}' } })],
    content: [call('', 'f', '{}')],
  },
  {
    name: 'empty and null tool calls beside text',
    payloads: [delta({ content: 'a', tool_calls: [] }), delta({ content: 'b', tool_calls: null })],
    content: [{ type: 'text', text: 'ab' }],
  },
  {
    name: 'reasoning in three fields at once is one thought',
    payloads: [delta({ reasoning: 'a', reasoning_content: 'a', reasoning_details: [{ text: 'a' }] })],
    content: [{ type: 'reasoning', text: 'a' }],
  },
  {
    name: 'reasoning only in its details',
    payloads: [
      delta({ reasoning: '', reasoning_details: [{ type: 'reasoning.summary', summary: 's' }, { text: 't' }] }),
    ],
    content: [{ type: 'reasoning', text: 'st' }],
  },
  {
    name: 'content in parts',
    payloads: [delta({ content: [{ type: 'thinking', thinking: [{ text: 'a' }] }, { type: 'text', text: 'b' }, 'c'] })],
    content: [
      { type: 'reasoning', text: 'a' },
      { type: 'text', text: 'bc' },
    ],
  },
  { name: 'a refusal', payloads: [delta({ refusal: 'No.' })], content: [{ type: 'refusal', text: 'No.' }] },
  {
    name: 'a message beside its delta counts once',
    payloads: [{ choices: [{ delta: { content: 'a' }, message: { content: 'a so far' } }] }],
    content: [{ type: 'text', text: 'a' }],
  },
  {
    name: 'a second choice is not mixed in',
    payloads: [
      {
        choices: [
          { index: 0, delta: { content: 'a' } },
          { index: 1, delta: { content: 'z' } },
        ],
      },
    ],
    content: [{ type: 'text', text: 'a' }],
  },
  {
    name: 'usage after the finish, with an empty list of choices',
    payloads: [
      { choices: [{ delta: {}, finish_reason: 'length' }] },
      { choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } },
    ],
    end: { finish: 'length', rawFinish: 'length', usage: { input: 3, output: 4 } },
  },
  {
    name: 'usage in Groq’s own field',
    payloads: [{ choices: [], x_groq: { usage: { prompt_tokens: 3, completion_tokens: 4 } } }],
    end: { usage: { input: 3, output: 4 } },
  },
  {
    name: 'usage inside the choice',
    payloads: [
      {
        choices: [
          { delta: {}, finish_reason: 'stop', usage: { prompt_tokens: 3, completion_tokens: 4, cached_tokens: 2 } },
        ],
      },
    ],
    end: { usage: { input: 3, output: 4, cached: 2 } },
  },
  {
    name: 'DeepSeek’s own word for cached',
    payloads: [{ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, prompt_cache_hit_tokens: 1 } }],
    end: { usage: { input: 3, output: 4, cached: 1 } },
  },
  {
    name: 'reasoning counted beside the completion is told apart',
    payloads: [
      {
        choices: [],
        usage: {
          prompt_tokens: 3,
          completion_tokens: 4,
          total_tokens: 12,
          completion_tokens_details: { reasoning_tokens: 5 },
        },
      },
    ],
    end: { usage: { input: 3, output: 4, reasoning: 5, reasoningApart: true } },
  },
  {
    name: 'a finish reason of tomorrow',
    payloads: [{ choices: [{ delta: {}, finish_reason: 'constructor' }] }],
    end: { finish: 'unknown', rawFinish: 'constructor' },
  },
  {
    name: 'text of a completion',
    payloads: [{ choices: [{ text: 'a' }] }, { choices: [{ text: 'b', finish_reason: 'stop' }] }],
    content: [{ type: 'text', text: 'ab' }],
  },
];

describe('openai-chat reader', () => {
  it.each(openaiCases)('$name', (row) => checkReader(openaiChat, row));
});

const block = (index: number, content_block: JsonObject): JsonObject => ({
  type: 'content_block_start',
  index,
  content_block,
});
const piece = (index: number, fields: JsonObject): JsonObject => ({
  type: 'content_block_delta',
  index,
  delta: fields,
});

const anthropicCases: readonly ReaderCase[] = [
  {
    name: 'thoughts with their proofs, sealed thoughts, text, a tool call',
    payloads: [
      {
        type: 'message_start',
        message: {
          content: [],
          usage: { input_tokens: 5, cache_read_input_tokens: 2, cache_creation_input_tokens: 1, output_tokens: 1 },
        },
      },
      block(0, { type: 'thinking', thinking: '' }),
      piece(0, { type: 'thinking_delta', thinking: 'hm' }),
      piece(0, { type: 'signature_delta', signature: 'proof' }),
      { type: 'content_block_stop', index: 0 },
      block(1, { type: 'thinking', thinking: '' }),
      piece(1, { type: 'signature_delta', signature: 'proof of nothing said' }),
      { type: 'content_block_stop', index: 1 },
      block(2, { type: 'redacted_thinking', data: 'sealed' }),
      block(3, { type: 'text', text: '' }),
      piece(3, { type: 'text_delta', text: 'a' }),
      block(4, { type: 'tool_use', id: 't', name: 'f', input: {} }),
      piece(4, { type: 'input_json_delta', partial_json: '{"x"' }),
      piece(4, { type: 'input_json_delta', partial_json: ':1}' }),
      {
        type: 'message_delta',
        delta: { stop_reason: 'tool_use' },
        usage: { output_tokens: 9, input_tokens: null, output_tokens_details: { thinking_tokens: 4 } },
      },
      { type: 'message_stop' },
    ],
    content: [
      { type: 'reasoning', text: 'hm', signature: 'proof' },
      { type: 'reasoning', text: '', signature: 'proof of nothing said' },
      { type: 'reasoning', text: '', redacted: 'sealed' },
      { type: 'text', text: 'a' },
      call('t', 'f', '{"x":1}'),
    ],
    end: {
      finish: 'tool-calls',
      rawFinish: 'tool_use',
      usage: { input: 8, output: 9, cached: 2, cacheWrite: 1, reasoning: 4 },
    },
  },
  {
    name: 'a tool the vendor runs itself is marked and does not wait for a result',
    payloads: [
      block(0, { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
    ],
    content: [{ type: 'tool-call', id: 's', name: 'web_search', arguments: '', server: true }],
    end: { finish: 'stop' },
  },
  {
    name: 'pieces of text whose block was never begun',
    payloads: [piece(0, { type: 'text_delta', text: 'a' }), piece(0, { type: 'output_text_delta', text: 'b' })],
    content: [{ type: 'text', text: 'ab' }],
  },
  {
    name: 'a whole message',
    payloads: [
      {
        type: 'message',
        content: [
          { type: 'text', text: 'a' },
          { type: 'tool_use', id: 't', name: 'f', input: { x: 1 } },
        ],
        stop_reason: 'end_turn',
        usage: { input_tokens: 1, output_tokens: 2 },
      },
    ],
    content: [{ type: 'text', text: 'a' }, call('t', 'f', '{"x":1}')],
    end: { rawFinish: 'end_turn', usage: { input: 1, output: 2 } },
  },
  {
    name: 'a stop reason of tomorrow',
    payloads: [{ type: 'message_delta', delta: { stop_reason: 'constructor' } }],
    end: { finish: 'unknown', rawFinish: 'constructor' },
  },
  {
    name: 'a refusal',
    payloads: [{ type: 'message_delta', delta: { stop_reason: 'refusal' } }],
    end: { finish: 'content-filter', rawFinish: 'refusal' },
  },
];

describe('anthropic-messages reader', () => {
  it.each(anthropicCases)('$name', (row) => checkReader(anthropicMessages, row));

  it('goes by the event’s name where the data has no type, and by the type where the event has no name', () => {
    const builder = new ReplyBuilder('p/m', 'anthropic-messages');
    const reader = anthropicMessages.read(builder);
    expect(reader.payload({ index: 0, delta: { text: 'a' } }, 'content_block_delta')).toBe('more');
    expect(reader.payload({ type: 'message_stop' }, undefined)).toBe('over');
    expect(builder.end('complete').message.content).toEqual([{ type: 'text', text: 'a' }]);
  });

  it('tells an error in the middle', () => {
    const reader = anthropicMessages.read(new ReplyBuilder('p/m', 'anthropic-messages'));
    const payload = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    expect(reader.payload(payload, 'error')).toEqual({ error: payload });
  });
});

const infillCases: readonly ReaderCase[] = [
  {
    name: 'pieces and the end',
    payloads: [
      { content: 'a', stop: false },
      { content: 'b', stop: false },
      { content: '', stop: true, stop_type: 'eos', tokens_evaluated: 7, tokens_predicted: 2 },
    ],
    content: [{ type: 'text', text: 'ab' }],
    end: { finish: 'stop', rawFinish: 'eos', usage: { input: 7, output: 2 } },
  },
  {
    name: 'what was still in the slot',
    payloads: [
      { content: 'ab', stop: true, stop_type: 'eos', tokens_evaluated: 7, timings: { cache_n: 5, prompt_n: 2 } },
    ],
    content: [{ type: 'text', text: 'ab' }],
    end: { finish: 'stop', rawFinish: 'eos', usage: { input: 7, cached: 5, output: 0 } },
  },
  {
    name: 'a whole reply cut by its limit',
    payloads: [{ content: 'ab', stop: true, stop_type: 'limit' }],
    content: [{ type: 'text', text: 'ab' }],
    end: { finish: 'length' },
  },
];

describe('llamacpp-infill reader', () => {
  it.each(infillCases)('$name', (row) => checkReader(llamacppInfill, row));
});
