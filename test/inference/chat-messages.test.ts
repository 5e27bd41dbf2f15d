import { describe, expect, it } from 'vitest';
import { chatMessages } from '../../src/inference/chat-messages.ts';
import type { Message } from '../../src/llm/message.ts';

const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });
const assistant = (...content: Extract<Message, { role: 'assistant' }>['content']): Message => ({
  role: 'assistant',
  content,
  model: 'openai/gpt-5',
  protocol: 'openai-chat',
});

describe('a conversation for a small local model', () => {
  it('keeps plain turns as they are', () => {
    expect(chatMessages([user('Hi'), assistant({ type: 'text', text: 'Hello' }), user('Bye')])).toEqual([
      { role: 'user', text: 'Hi' },
      { role: 'assistant', text: 'Hello' },
      { role: 'user', text: 'Bye' },
    ]);
  });

  it('tells tool calls, results and images of another model in words, and leaves its thoughts out', () => {
    const messages: readonly Message[] = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', mediaType: 'image/png', base64: 'AA' },
        ],
      },
      assistant(
        { type: 'reasoning', text: 'secret', signature: 's' },
        { type: 'tool-call', id: '1', name: 'look', arguments: '{"at":1}' },
      ),
      { role: 'tool', toolCallId: '1', toolName: 'look', isError: false, content: [{ type: 'text', text: 'a cat' }] },
    ];
    expect(chatMessages(messages)).toEqual([
      { role: 'user', text: 'What is this?\n[An image]' },
      { role: 'assistant', text: '[Called look with {"at":1}]' },
      { role: 'user', text: '[Result of look]\na cat' },
    ]);
  });

  it('joins turns of the same side and drops empty ones', () => {
    expect(chatMessages([user('One'), assistant(), user('Two')])).toEqual([{ role: 'user', text: 'One\n\nTwo' }]);
  });
});
