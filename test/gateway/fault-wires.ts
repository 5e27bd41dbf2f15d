import type { Protocol } from '../../src/llm/model-facts.ts';
import { sseData } from '../support/http-server.ts';

/** How a server says things over one wire: piece by piece, or whole. */
export interface Wire {
  readonly name: Exclude<Protocol, 'embedded' | 'vscode-lm'>;
  readonly kind: 'chat' | 'completion';
  readonly contentType: string;
  /** What comes before any word. */
  readonly opening: string;
  readonly word: (text: string) => string;
  readonly thought?: (text: string) => string;
  readonly closing: string;
  /** The reply as one JSON value; absent = the wire knows none. */
  readonly whole?: (text: string) => string;
}

const sse = 'text/event-stream';
const event = (payload: { readonly type: string }): string => `event: ${payload.type}\n${sseData(payload)}`;
const typed = <More extends object>(type: string, more: More): { type: string } & More => ({ type, ...more });

const chunk = (delta: object, finish: string | null = null): string =>
  sseData({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });

const block = (index: number, kind: object): string =>
  event(typed('content_block_start', { index, content_block: kind }));
const gemini = (parts: readonly object[], finishReason?: string): object => ({
  candidates: [{ index: 0, content: { role: 'model', parts }, ...(finishReason && { finishReason }) }],
});
const ollama = (message: object, done = false): string =>
  `${JSON.stringify({ model: 'm', message: { role: 'assistant', content: '', ...message }, done, ...(done && { done_reason: 'stop' }) })}\n`;
const item = { type: 'message', id: 'i', role: 'assistant', status: 'completed' };

export const wires: readonly Wire[] = [
  {
    name: 'openai-chat',
    kind: 'chat',
    contentType: sse,
    opening: chunk({ role: 'assistant', content: '' }),
    word: (content) => chunk({ content }),
    thought: (text) => chunk({ reasoning_content: text }),
    closing: chunk({}, 'stop') + sseData('[DONE]'),
    whole: (content) =>
      JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
      }),
  },
  {
    name: 'openai-responses',
    kind: 'chat',
    contentType: sse,
    opening: event(typed('response.created', { response: { id: 'r', status: 'in_progress', output: [] } })),
    word: (delta) =>
      event(typed('response.output_text.delta', { item_id: 'i', output_index: 0, content_index: 0, delta })),
    thought: (delta) => event(typed('response.reasoning_text.delta', { item_id: 't', output_index: 1, delta })),
    closing: event(typed('response.completed', { response: { id: 'r', status: 'completed', output: [] } })),
    whole: (text) =>
      JSON.stringify({
        id: 'r',
        object: 'response',
        status: 'completed',
        output: [{ ...item, content: [{ type: 'output_text', text, annotations: [] }] }],
        usage: { input_tokens: 9, output_tokens: 3, total_tokens: 12 },
      }),
  },
  {
    name: 'anthropic-messages',
    kind: 'chat',
    contentType: sse,
    opening: event(
      typed('message_start', {
        message: {
          id: 'm',
          type: 'message',
          role: 'assistant',
          content: [],
          usage: { input_tokens: 9, output_tokens: 1 },
        },
      }),
    ),
    word: (text) =>
      block(1, { type: 'text', text: '' }) +
      event(typed('content_block_delta', { index: 1, delta: { type: 'text_delta', text } })),
    thought: (thinking) =>
      block(0, { type: 'thinking', thinking: '' }) +
      event(typed('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking } })),
    closing:
      event(typed('content_block_stop', { index: 1 })) +
      event(typed('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } })) +
      event(typed('message_stop', {})),
    whole: (text) =>
      JSON.stringify({
        id: 'm',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'text', text }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 9, output_tokens: 3 },
      }),
  },
  {
    name: 'gemini-native',
    kind: 'chat',
    contentType: sse,
    opening: '',
    word: (text) => sseData(gemini([{ text }])),
    thought: (text) => sseData(gemini([{ text, thought: true }])),
    closing: sseData(gemini([], 'STOP')),
    whole: (text) => JSON.stringify(gemini([{ text }], 'STOP')),
  },
  {
    name: 'ollama-chat',
    kind: 'chat',
    contentType: 'application/x-ndjson',
    opening: '',
    word: (content) => ollama({ content }),
    thought: (thinking) => ollama({ thinking }),
    closing: ollama({}, true),
    whole: (content) => ollama({ content }, true).trimEnd(),
  },
  {
    name: 'openai-completions',
    kind: 'completion',
    contentType: sse,
    opening: '',
    word: (text) => sseData({ id: 'f', choices: [{ index: 0, text, finish_reason: null }] }),
    closing: sseData({ id: 'f', choices: [{ index: 0, text: '', finish_reason: 'stop' }] }) + sseData('[DONE]'),
    whole: (text) =>
      JSON.stringify({ id: 'f', object: 'text_completion', choices: [{ index: 0, text, finish_reason: 'stop' }] }),
  },
  {
    name: 'llamacpp-infill',
    kind: 'completion',
    contentType: sse,
    opening: '',
    word: (content) => sseData({ content, stop: false }),
    closing: sseData({ content: '', stop: true, stop_type: 'eos' }),
    whole: (content) => JSON.stringify({ content, stop: true, stop_type: 'eos' }),
  },
  {
    name: 'ollama-generate',
    kind: 'completion',
    contentType: 'application/x-ndjson',
    opening: '',
    word: (response) => `${JSON.stringify({ model: 'm', response, done: false })}\n`,
    closing: `${JSON.stringify({ model: 'm', response: '', done: true, done_reason: 'stop' })}\n`,
    whole: (response) => JSON.stringify({ model: 'm', response, done: true, done_reason: 'stop' }),
  },
];
