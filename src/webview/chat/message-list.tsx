import { useEffect, useRef } from 'preact/hooks';
import type { ChatView } from '../../protocol/chat-view.ts';
import { Icon } from '../icon.tsx';
import { Message } from '../message/message.tsx';
import { useStickToBottom } from './stick-to-bottom.ts';

/** The conversation. What is new in it is announced by `useAnnouncements`, not token by token. */
export function MessageList({ view }: { readonly view: ChatView }) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { atBottom, jump } = useStickToBottom(box, content);
  const { messages } = view;
  const lastSent = messages.findLast((message) => message.role === 'user')?.id;
  // Whoever sends wants to see the answer.
  useEffect(jump, [view.chatId, lastSent]);
  return (
    <div class="messages-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable with the keyboard */}
      <div class="messages" ref={box} role="log" aria-label="Conversation" aria-live="off" tabIndex={0}>
        <div ref={content}>
          {messages.map((message, index) => (
            <Message key={message.id} message={message} retryable={!view.busy && index === messages.length - 1} />
          ))}
        </div>
      </div>
      {!atBottom && (
        <button type="button" class="jump" onClick={jump}>
          <Icon name="arrow-down" />
          Jump to latest
        </button>
      )}
    </div>
  );
}
