import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/llm/endpoint.ts';
import type { AssistantMessage, Message } from '../../src/llm/message.ts';
import type { Model } from '../../src/llm/model.ts';
import type { Quirks } from '../../src/llm/quirks.ts';
import type { ChatRequest, CompletionRequest } from '../../src/llm/request.ts';
import { anthropicMessages, anthropicMessagesBody } from '../../src/providers/anthropic-messages.ts';
import { llamacppInfill, llamacppInfillBody } from '../../src/providers/llamacpp-infill.ts';
import { openaiChat, openaiChatBody } from '../../src/providers/openai-chat.ts';
import { openaiCompletions, openaiCompletionsBody } from '../../src/providers/openai-completions.ts';
import { fill, hello, modelAt } from './ask.ts';
import { image, parameters, text, tools } from './conversation.ts';

function assistant(content: AssistantMessage['content'], change: Partial<AssistantMessage> = {}): AssistantMessage {
  return { role: 'assistant', content, model: 'test/model', protocol: 'anthropic-messages', ...change };
}

const conversation: readonly Message[] = [
  { role: 'user', content: [text('What is in '), text('this picture?'), image] },
  assistant([
    { type: 'reasoning', text: 'I should look.', signature: 'proof' },
    { type: 'reasoning', text: '', redacted: 'sealed' },
    text('Let me see.'),
    { type: 'tool-call', id: 'call_1', name: 'read', arguments: '{"path":"a"}' },
    { type: 'tool-call', id: 'call_2', name: 'read', arguments: '{"path":' },
    { type: 'tool-call', id: 'srv_1', name: 'web_search', arguments: '{}', server: true },
  ]),
  { role: 'tool', toolCallId: 'call_1', toolName: 'read', content: [text('A'), image], isError: false },
  { role: 'tool', toolCallId: 'call_2', toolName: 'read', content: [text('no such file')], isError: true },
  { role: 'user', content: [text('Go on.')] },
  assistant([]),
  { role: 'user', content: [text('Well?')] },
];

const chat: ChatRequest = { kind: 'chat', system: 'Be brief.', messages: conversation, tools, parameters };

function model(quirks: Quirks = {}, change: Partial<Model> = {}): Model {
  return { ...modelAt('https://api.example/v1', { quirks }), ...change };
}

const calls = [
  { id: 'call_1', type: 'function', function: { name: 'read', arguments: '{"path":"a"}' } },
  { id: 'call_2', type: 'function', function: { name: 'read', arguments: '{"path":' } },
];

describe('openai-chat bodies', () => {
  it('a conversation with pictures, tools and all parameters', () => {
    expect(openaiChatBody(model(), chat)).toEqual({
      model: 'model',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is in ' },
            { type: 'text', text: 'this picture?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
        { role: 'assistant', content: 'Let me see.', tool_calls: calls },
        { role: 'tool', tool_call_id: 'call_1', content: 'A' },
        { role: 'tool', tool_call_id: 'call_2', content: 'no such file' },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
        { role: 'user', content: 'Go on.' },
        { role: 'user', content: 'Well?' },
      ],
      tools: [{ type: 'function', function: tools[0] }],
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 100,
      reasoning_effort: 'low',
      stop: ['END'],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('nothing is sent that was not asked for', () => {
    expect(openaiChatBody(model(), { ...hello, system: '', tools: [], parameters: { stop: [] } })).toEqual({
      model: 'model',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('quirks change the names', () => {
    const quirks: Quirks = {
      maxTokensField: 'max_completion_tokens',
      systemRole: 'developer',
      streamUsage: false,
      replayReasoning: true,
    };
    const body = openaiChatBody(model(quirks), chat);
    expect(body).toMatchObject({ max_completion_tokens: 100 });
    expect(body).not.toHaveProperty('max_tokens');
    expect(body).not.toHaveProperty('stream_options');
    expect(body['messages']).toMatchObject([
      { role: 'developer' },
      {},
      { reasoning_content: 'I should look.' },
      {},
      {},
      {},
      {},
      {},
    ]);
  });

  it('a reply of nothing but a tool call has the content null', () => {
    const messages = [assistant([{ type: 'tool-call', id: 'c', name: 'f', arguments: '' }])];
    expect(openaiChatBody(model(), { ...hello, messages })['messages']).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
    ]);
  });

  it('extraBody goes over everything and omit over extraBody', () => {
    const body = openaiChatBody(model(), {
      ...hello,
      parameters: {
        temperature: 1,
        extraBody: { temperature: 0, stream_options: null, top_k: 5 },
        omit: ['top_k', 'stream'],
      },
    });
    expect(body).toEqual({
      model: 'model',
      messages: [{ role: 'user', content: 'Hello' }],
      temperature: 0,
      stream_options: null,
    });
  });

  it('the same request is written byte for byte the same', () => {
    expect(JSON.stringify(openaiChatBody(model(), chat))).toBe(
      JSON.stringify(openaiChatBody(model(), structuredClone(chat))),
    );
  });
});

describe('anthropic-messages bodies', () => {
  it('a conversation with pictures, tools, reasoning and all parameters', () => {
    expect(anthropicMessagesBody(model(), chat)).toEqual({
      model: 'model',
      max_tokens: 100,
      system: 'Be brief.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is in ' },
            { type: 'text', text: 'this picture?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'I should look.', signature: 'proof' },
            { type: 'redacted_thinking', data: 'sealed' },
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_use', id: 'call_1', name: 'read', input: { path: 'a' } },
            { type: 'tool_use', id: 'call_2', name: 'read', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'call_1',
              content: [
                { type: 'text', text: 'A' },
                { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
              ],
            },
            {
              type: 'tool_result',
              tool_use_id: 'call_2',
              content: [{ type: 'text', text: 'no such file' }],
              is_error: true,
            },
            { type: 'text', text: 'Go on.' },
            { type: 'text', text: 'Well?' },
          ],
        },
      ],
      tools: [{ name: 'read', description: 'Reads a file', input_schema: tools[0]?.parameters }],
      temperature: 0.5,
      top_p: 0.9,
      output_config: { effort: 'low' },
      stop_sequences: ['END'],
      stream: true,
    });
  });

  it.each([
    ['another model', { model: 'other/model' }],
    ['another wire', { protocol: 'openai-chat' }],
  ] as const)('reasoning of %s is not sent back', (_, change) => {
    const messages = [assistant([{ type: 'reasoning', text: 'r', signature: 's' }, text('t')], change)];
    expect(anthropicMessagesBody(model(), { ...hello, messages })['messages']).toEqual([
      { role: 'assistant', content: [{ type: 'text', text: 't' }] },
    ]);
  });

  it('a result that comes after words of the user still stands before them', () => {
    const messages: readonly Message[] = [
      { role: 'user', content: [text('by the way')] },
      { role: 'tool', toolCallId: 'c', toolName: 'f', content: [], isError: false },
    ];
    expect(anthropicMessagesBody(model(), { ...hello, messages })['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'c' },
          { type: 'text', text: 'by the way' },
        ],
      },
    ]);
  });

  it.each([
    ['the user’s word', { maxOutputTokens: 7 }, { maxOutputTokens: 9 }, 7],
    ['what is known of the model', {}, { maxOutputTokens: 9 }, 9],
    ['a sane number', {}, {}, 8192],
  ] as const)('the limit it demands is %s', (_, wanted, facts, limit) => {
    expect(anthropicMessagesBody(model({}, { facts }), { ...hello, parameters: wanted })['max_tokens']).toBe(limit);
  });
});

const raw: CompletionRequest = { kind: 'completion', prompt: { type: 'raw', text: '<PRE>a<SUF>b<MID>' }, parameters };
const infill: CompletionRequest = {
  kind: 'completion',
  prompt: { type: 'infill', prefix: 'a', suffix: 'b', extra: [{ filename: 'x.ts', text: 'x' }] },
  parameters,
};

describe('completion bodies', () => {
  it('openai-completions: prefix and suffix', () => {
    expect(openaiCompletionsBody(model(), infill)).toEqual({
      model: 'model',
      prompt: 'a',
      suffix: 'b',
      max_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('openai-completions: a raw prompt', () => {
    const body = openaiCompletionsBody(model({ streamUsage: false }), { ...raw, parameters: {} });
    expect(body).toEqual({ model: 'model', prompt: '<PRE>a<SUF>b<MID>', stream: true });
  });

  it('llamacpp-infill: prefix, suffix and other files', () => {
    expect(llamacppInfillBody(model(), infill)).toEqual({
      model: 'model',
      input_prefix: 'a',
      input_suffix: 'b',
      input_extra: [{ filename: 'x.ts', text: 'x' }],
      n_predict: 100,
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
      stream: true,
      cache_prompt: true,
    });
  });

  it('llamacpp-infill: a raw prompt', () => {
    expect(llamacppInfillBody(model(), { ...raw, parameters: { omit: ['cache_prompt'] } })).toEqual({
      model: 'model',
      prompt: '<PRE>a<SUF>b<MID>',
      stream: true,
    });
  });
});

describe('where a request goes and with which headers', () => {
  const endpoint = (change: Partial<Endpoint>): Model =>
    modelAt('https://api.example/v1/', { apiKey: ' key\n', ...change });

  it('openai-chat', () => {
    expect(openaiChat.write(endpoint({ headers: { 'X-Team': 'a' } }), hello)).toMatchObject({
      url: 'https://api.example/v1/chat/completions',
      headers: { authorization: 'Bearer key', 'content-type': 'application/json', 'x-team': 'a' },
    });
  });

  it('the user’s headers win, whatever their letter case', () => {
    const { headers } = openaiChat.write(endpoint({ headers: { Authorization: 'Basic x' } }), hello);
    expect(headers).toMatchObject({ authorization: 'Basic x' });
    expect(headers).not.toHaveProperty('Authorization');
  });

  it('no key, no header', () => {
    expect(openaiChat.write(modelAt('http://localhost:1'), hello).headers).not.toHaveProperty('authorization');
    expect(openaiChat.write(endpoint({ keyHeader: 'none' }), hello).headers).not.toHaveProperty('authorization');
  });

  it('anthropic-messages', () => {
    expect(anthropicMessages.write(endpoint({ keyHeader: 'x-api-key' }), hello)).toMatchObject({
      url: 'https://api.example/v1/messages',
      headers: { 'x-api-key': 'key', 'anthropic-version': '2023-06-01' },
    });
    const quirks = { anthropicVersion: '2026-10-21' };
    const { headers } = anthropicMessages.write(endpoint({ quirks }), hello);
    expect(headers).toMatchObject({ authorization: 'Bearer key', 'anthropic-version': '2026-10-21' });
  });

  it('openai-completions, also where a vendor has a place of its own for it', () => {
    expect(openaiCompletions.write(endpoint({}), fill).url).toBe('https://api.example/v1/completions');
    const below = { quirks: { completionsPath: 'fim/completions' } };
    expect(openaiCompletions.write(endpoint(below), fill).url).toBe('https://api.example/v1/fim/completions');
    const beside = { quirks: { completionsPath: '/beta/completions' } };
    expect(openaiCompletions.write(endpoint(beside), fill).url).toBe('https://api.example/beta/completions');
  });

  it('llamacpp-infill stands beside /v1', () => {
    expect(llamacppInfill.write(endpoint({}), fill).url).toBe('https://api.example/infill');
    expect(llamacppInfill.write(endpoint({}), raw).url).toBe('https://api.example/completion');
  });
});
