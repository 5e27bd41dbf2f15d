import type { Message } from '../llm/message.ts';
import type { InferenceMessage } from '../protocol/to-inference.ts';

/**
 * A conversation as plain turns of text, the two sides taking turns, as small models' templates expect.
 * Tool calls and results of earlier turns, from a model that has tools, are told in words; images are only mentioned.
 */
export function chatMessages(messages: readonly Message[]): readonly InferenceMessage[] {
  const turns: InferenceMessage[] = [];
  for (const message of messages) {
    const text = textOf(message).trim();
    if (text === '') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === role) turns[turns.length - 1] = { role, text: `${last.text}\n\n${text}` };
    else turns.push({ role, text });
  }
  return turns;
}

function textOf(message: Message): string {
  const parts: string[] = [];
  if (message.role === 'tool') parts.push(`[Result of ${message.toolName}]\n`);
  for (const part of message.content) {
    switch (part.type) {
      case 'text':
      case 'refusal':
        parts.push(part.text);
        break;
      case 'tool-call':
        parts.push(`\n[Called ${part.name} with ${part.arguments}]\n`);
        break;
      case 'image':
        parts.push('\n[An image]\n');
        break;
      case 'reasoning':
        break;
    }
  }
  return parts.join('');
}
