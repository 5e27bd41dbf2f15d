import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../src/providers/anthropic-messages.ts';
import { bedrockConverse } from '../../src/providers/bedrock-converse.ts';
import { geminiNative } from '../../src/providers/gemini-native.ts';
import { ollamaChat } from '../../src/providers/ollama-chat.ts';
import { openaiChat } from '../../src/providers/openai-chat.ts';
import { openaiResponses } from '../../src/providers/openai-responses.ts';
import type { WireProtocol } from '../../src/providers/wire-protocol.ts';
import { type ReaderCase, readPayloads } from './read-payloads.ts';

interface Case extends Pick<ReaderCase, 'payloads'> {
  readonly name: string;
  readonly wire: Pick<WireProtocol, 'name' | 'read'>;
}

const openai = { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 };
const said = { choices: [{ index: 0, delta: { content: 'hi' }, finish_reason: 'stop' }] };
const gemini = (text: string, output: number) => ({
  candidates: [{ index: 0, content: { parts: [{ text }] } }],
  usageMetadata: { promptTokenCount: 12, candidatesTokenCount: output, totalTokenCount: 12 + output },
});
const responses = { response: { status: 'completed', usage: { input_tokens: 12, output_tokens: 7 } } };

const cases: readonly Case[] = [
  {
    name: 'with the last words and once more by itself',
    wire: openaiChat,
    payloads: [
      { ...said, usage: openai },
      { choices: [], usage: openai },
    ],
  },
  {
    name: 'in two places of one event',
    wire: openaiChat,
    payloads: [{ choices: said.choices.map((choice) => ({ ...choice, usage: openai })), usage: openai }],
  },
  {
    name: 'with every event, as it has grown',
    wire: openaiChat,
    payloads: [
      { ...said, usage: { ...openai, completion_tokens: 3 } },
      { choices: [], usage: openai },
    ],
  },
  {
    name: 'at the beginning and at the end',
    wire: anthropicMessages,
    payloads: [
      { type: 'message_start', message: { usage: { input_tokens: 12, output_tokens: 1 } } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { input_tokens: 12, output_tokens: 7 } },
      { type: 'message_delta', delta: {}, usage: { output_tokens: 7 } },
    ],
  },
  { name: 'with every piece', wire: geminiNative, payloads: [gemini('a', 3), gemini('b', 7), gemini('', 7)] },
  {
    name: 'with two last lines',
    wire: ollamaChat,
    payloads: [
      { message: { content: 'hi' }, done: true, prompt_eval_count: 12, eval_count: 7 },
      { message: { content: '' }, done: true, prompt_eval_count: 12, eval_count: 7 },
    ],
  },
  {
    name: 'with two events at the end',
    wire: openaiResponses,
    payloads: [
      ['response.completed', { type: 'response.completed', ...responses }],
      ['response.completed', { type: 'response.completed', ...responses }],
    ],
  },
  {
    name: 'with two of its own events',
    wire: bedrockConverse,
    payloads: [
      ['metadata', { usage: { inputTokens: 12, outputTokens: 7, totalTokens: 19 } }],
      ['metadata', { usage: { inputTokens: 12, outputTokens: 7, totalTokens: 19 } }],
    ],
  },
];

describe('tokens that a stream tells more than once', () => {
  it.each(cases)('are counted once: $wire.name, $name', ({ wire, payloads }) => {
    expect(readPayloads(wire, payloads).usage).toMatchObject({ input: 12, output: 7 });
  });
});
