import { describe, expect, it } from 'vitest';
import type { Quirks } from '../../src/llm/quirks.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import { anthropicMessagesBody } from '../../src/providers/anthropic-messages.ts';
import { geminiNativeBody } from '../../src/providers/gemini-native.ts';
import { openaiChatBody } from '../../src/providers/openai-chat.ts';
import { hello, modelAt } from './ask.ts';

const model = (quirks: Quirks) => modelAt('https://api.example/v1', { quirks });
const thinking = (reasoningEffort?: string): ChatRequest => ({
  ...hello,
  parameters: reasoningEffort === undefined ? {} : { reasoningEffort },
});

describe('how much to think, on openai-chat', () => {
  it.each<[string, Quirks, string | undefined, object]>([
    ['nothing where nothing was chosen', { thinking: 'type' }, undefined, {}],
    ['the original field', {}, 'high', { reasoning_effort: 'high' }],
    ['a type and a degree', { thinking: 'type' }, 'max', { thinking: { type: 'enabled' }, reasoning_effort: 'max' }],
    ['a type that is off', { thinking: 'type' }, 'none', { thinking: { type: 'disabled' } }],
    ['a type without degrees', { thinking: 'type' }, 'on', { thinking: { type: 'enabled' } }],
    [
      'thoughts that are kept',
      { thinking: 'type-kept' },
      'low',
      { thinking: { type: 'enabled', clear_thinking: false }, reasoning_effort: 'low' },
    ],
    ['a switch', { thinking: 'switch' }, 'on', { enable_thinking: true }],
    ['a switch that is off', { thinking: 'switch' }, 'none', { enable_thinking: false }],
    ['an object with the effort', { thinking: 'reasoning-effort' }, 'low', { reasoning: { effort: 'low' } }],
    ['an object with a switch', { thinking: 'reasoning-switch' }, 'none', { reasoning: { enabled: false } }],
  ])('%s', (_, quirks, effort, fields) => {
    const {
      model: _model,
      messages,
      stream,
      stream_options,
      ...rest
    } = openaiChatBody(model(quirks), thinking(effort));
    expect(rest).toEqual(fields);
  });
});

describe('how much to think, on anthropic-messages', () => {
  it.each<[string, Quirks, string | undefined, number, object]>([
    ['nothing where nothing was chosen', { anthropicThinking: 'adaptive' }, undefined, 9000, {}],
    ['the effort alone', {}, 'high', 9000, { output_config: { effort: 'high' } }],
    [
      'as much as it wants',
      { anthropicThinking: 'adaptive' },
      'high',
      9000,
      { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'high' } },
    ],
    ['off', { anthropicThinking: 'adaptive' }, 'none', 9000, { thinking: { type: 'disabled' } }],
    [
      'a number of tokens',
      { anthropicThinking: 'budget' },
      'low',
      9000,
      { thinking: { type: 'enabled', budget_tokens: 2048 } },
    ],
    [
      'at most half of the output',
      { anthropicThinking: 'budget' },
      'high',
      9000,
      { thinking: { type: 'enabled', budget_tokens: 4500 } },
    ],
    ['nothing where there is no room', { anthropicThinking: 'budget' }, 'high', 2000, {}],
  ])('%s', (_, quirks, effort, maxOutputTokens, fields) => {
    const { parameters } = thinking(effort);
    const request = { ...hello, parameters: { ...parameters, maxOutputTokens } };
    const { model: _model, messages, stream, max_tokens, ...rest } = anthropicMessagesBody(model(quirks), request);
    expect(rest).toEqual(fields);
  });
});

describe('how much to think, on gemini-native', () => {
  it.each<[string, Quirks, object]>([
    ['a level', {}, { includeThoughts: true, thinkingLevel: 'low' }],
    ['a number of tokens', { geminiThinking: 'budget' }, { includeThoughts: true, thinkingBudget: 2048 }],
  ])('%s', (_, quirks, thinkingConfig) => {
    expect(geminiNativeBody(model(quirks), thinking('low'))).toMatchObject({ generationConfig: { thinkingConfig } });
  });
});

describe('what models refuse or insist on', () => {
  const sampled: ChatRequest = { ...hello, parameters: { temperature: 0.5, topP: 0.9 } };
  const tool = { name: 'read', description: 'Reads', parameters: {} };
  const withResult: ChatRequest = {
    ...hello,
    messages: [...hello.messages, { role: 'tool', toolCallId: '1', toolName: 'read', content: [], isError: false }],
  };

  it('temperature and top_p are left out where they are refused', () => {
    for (const body of [openaiChatBody, anthropicMessagesBody]) {
      expect(body(model({}), sampled)).toMatchObject({ temperature: 0.5, top_p: 0.9 });
      expect(body(model({ sampling: false }), sampled)).not.toHaveProperty('temperature');
      expect(body(model({ sampling: false }), sampled)).not.toHaveProperty('top_p');
    }
  });

  it('tool_stream goes with tools only', () => {
    expect(openaiChatBody(model({ toolStream: true }), { ...hello, tools: [tool] })).toMatchObject({
      tool_stream: true,
    });
    expect(openaiChatBody(model({ toolStream: true }), hello)).not.toHaveProperty('tool_stream');
  });

  it('a history with tools gets empty tools where that is needed', () => {
    expect(openaiChatBody(model({ toolsWithToolHistory: true }), withResult)).toMatchObject({ tools: [] });
    expect(openaiChatBody(model({ toolsWithToolHistory: true }), hello)).not.toHaveProperty('tools');
    expect(openaiChatBody(model({}), withResult)).not.toHaveProperty('tools');
  });
});
