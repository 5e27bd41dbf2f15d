import * as l10n from '@vscode/l10n';
import type { MessageView } from '../../protocol/chat-view.ts';
import { SentInstead } from '../context/sent-instead.tsx';
import { SummaryBlock } from '../context/summary-block.tsx';
import { Icon } from '../icon.tsx';
import { memo } from '../memo.ts';
import { ErrorBlock } from './error-block.tsx';
import { MessageContext } from './message-context.ts';
import { MessageFooter } from './message-footer.tsx';
import { MessageParts } from './message-parts.tsx';
import { Sources } from './sources.tsx';
import { UserMessage } from './user-message.tsx';

interface MessageProps {
  readonly message: MessageView;
  readonly isLast: boolean;
}

/** One message. Drawn again only when it changed itself. */
export const Message = memo(({ message, isLast }: MessageProps) => {
  if (message.summary) return <SummaryBlock message={message} />;
  return (
    <article class={`message from-${message.role}`} data-testid="message" data-role={message.role}>
      {message.role === 'user' ? (
        <h2 class="for-screen-reader">{l10n.t('You')}</h2>
      ) : (
        <h2 class="message-model" data-testid="message-model">
          {message.model ?? l10n.t('Assistant')}
        </h2>
      )}
      {message.notices.map((notice, index) => (
        <p key={index} class="notice" data-testid="notice">
          <Icon name="info" />
          <span>{notice}</span>
        </p>
      ))}
      {message.role === 'user' ? (
        <UserMessage message={message} isLast={isLast} />
      ) : (
        <MessageContext.Provider value={message.id}>
          <MessageParts message={message} />
        </MessageContext.Provider>
      )}
      {message.expanded !== undefined && <SentInstead text={message.expanded} />}
      {message.state === 'streaming' && <Waiting />}
      {message.error !== undefined && (
        <ErrorBlock
          error={message.error}
          messageId={message.id}
          continueWith={isLast ? message.continueWith : undefined}
        />
      )}
      {message.sources !== undefined && <Sources sources={message.sources} />}
      {message.role === 'assistant' && <MessageFooter message={message} />}
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
