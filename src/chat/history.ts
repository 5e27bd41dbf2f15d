import type { Message } from '../llm/message.ts';
import type { Turn } from './turn.ts';

/**
 * What a model is shown of the conversation. Replies of which nothing arrived are left out,
 * and questions that then stand together become one, since many models want strict turns.
 */
export function historyOf(path: readonly Turn[]): readonly Message[] {
  const messages: Message[] = [];
  for (const turn of path) {
    if (turn.kind === 'assistant') {
      if (turn.message.content.length > 0) messages.push(turn.message);
      continue;
    }
    const last = messages.at(-1);
    if (last?.role === 'user') {
      messages[messages.length - 1] = { role: 'user', content: [...last.content, ...turn.message.content] };
    } else {
      messages.push(turn.message);
    }
  }
  return messages;
}
