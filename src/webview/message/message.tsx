import type { MessageView } from '../../protocol/chat-view.ts';
import { Icon } from '../icon.tsx';
import { memo } from '../memo.ts';
import { ErrorBlock } from './error-block.tsx';
import { MessageFooter } from './message-footer.tsx';
import { MessageParts } from './message-parts.tsx';

interface MessageProps {
  readonly message: MessageView;
  /** It is the last one and nothing is being written: it may be asked for again. */
  readonly retryable: boolean;
}

/** One message. Drawn again only when it changed itself. */
export const Message = memo(({ message, retryable }: MessageProps) => {
  return (
    <article class={`message from-${message.role}`} data-testid="message" data-role={message.role}>
      {message.role === 'user' ? (
        <h2 class="for-screen-reader">You</h2>
      ) : (
        <h2 class="message-model" data-testid="message-model">
          {message.model ?? 'Assistant'}
        </h2>
      )}
      {message.notices.map((notice, index) => (
        <p key={index} class="notice" data-testid="notice">
          <Icon name="info" />
          <span>{notice}</span>
        </p>
      ))}
      <MessageParts message={message} />
      {message.state === 'streaming' && <Waiting />}
      {message.error !== undefined && (
        <ErrorBlock
          error={message.error}
          messageId={message.id}
          retryable={retryable}
          continueWith={message.continueWith}
        />
      )}
      {message.role === 'assistant' && <MessageFooter message={message} retryable={retryable} />}
    </article>
  );
});

function Waiting() {
  return (
    <p class="waiting" aria-hidden="true">
      <span />
      <span />
      <span />
    </p>
  );
}
