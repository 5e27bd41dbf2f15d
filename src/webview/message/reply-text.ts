import type { MessageView } from '../../protocol/chat-view.ts';

/** The reply itself, without the thinking before it. */
export function replyText(message: MessageView): string {
  return message.parts
    .flatMap((part) => (part.type === 'text' || part.type === 'refusal' ? [part.text] : []))
    .join('\n\n');
}
