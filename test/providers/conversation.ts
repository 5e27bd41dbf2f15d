import type { AssistantMessage, Message } from '../../src/llm/message.ts';
import type { ChatRequest, Parameters } from '../../src/llm/request.ts';

export const parameters: Parameters = {
  temperature: 0.5,
  topP: 0.9,
  maxOutputTokens: 100,
  reasoningEffort: 'low',
  stop: ['END'],
};

export const image = { type: 'image', mediaType: 'image/png', base64: 'AAAA' } as const;
export const text = (words: string) => ({ type: 'text', text: words }) as const;

export const tools: NonNullable<ChatRequest['tools']> = [
  {
    name: 'read',
    description: 'Reads a file',
    parameters: { type: 'object', properties: { path: { type: 'string' } } },
  },
];

/** What another model wrote over another wire, with all that only that wire understands. */
export const foreign: AssistantMessage = {
  role: 'assistant',
  model: 'other/model',
  protocol: 'openai-chat',
  content: [
    { type: 'reasoning', text: 'I should look.', signature: 'proof', opaque: { item: { type: 'reasoning' } } },
    { type: 'reasoning', text: '', redacted: 'sealed' },
    { type: 'opaque', opaque: { item: { type: 'web_search_call' }, part: { executableCode: {} } } },
    text('Let me see.'),
    { type: 'tool-call', id: 'call_1', name: 'read', arguments: '{"path":"a"}', opaque: { thoughtSignature: 's' } },
    { type: 'tool-call', id: 'call_2', name: 'read', arguments: '' },
    { type: 'tool-call', id: 'srv_1', name: 'web_search', arguments: '{}', server: true },
  ],
};

/** A question with a picture, two calls with their results, one of them a picture and one a failure, and a refusal. */
export const conversation: readonly Message[] = [
  { role: 'user', content: [text('What is in '), text('this picture?'), image] },
  foreign,
  { role: 'tool', toolCallId: 'call_1', toolName: 'read', content: [text('A'), image], isError: false },
  { role: 'tool', toolCallId: 'call_2', toolName: 'read', content: [text('no such file')], isError: true },
  { role: 'assistant', content: [{ type: 'refusal', text: 'No.' }], model: 'other/model', protocol: 'openai-chat' },
  { role: 'user', content: [text('Go on.')] },
];

export const chat: ChatRequest = { kind: 'chat', system: 'Be brief.', messages: conversation, tools, parameters };
