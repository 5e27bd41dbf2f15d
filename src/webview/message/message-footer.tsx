import type { MessageView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { CopyButton } from '../copy-button.tsx';
import { IconButton } from '../icon.tsx';
import { replyText } from './reply-text.ts';
import { usageText } from './usage-text.ts';
import { useRetry } from './use-retry.ts';

interface FooterProps {
  readonly message: MessageView;
  readonly retryable: boolean;
}

/** Under a finished reply: what it took, and what can be done with it. */
export function MessageFooter({ message, retryable }: FooterProps) {
  const retry = useRetry(message.id);
  const { post } = useActions();
  if (message.state === 'streaming') return null;
  const text = replyText(message);
  const stopped = message.state === 'stopped';
  return (
    <>
      {message.auto !== undefined && (
        <button
          type="button"
          class="auto-choice"
          data-testid="auto-choice"
          title="Show the scores of all models"
          onClick={() => post({ type: 'error-action', command: 'explainAuto' })}
        >
          {message.auto}
        </button>
      )}
      <footer class="message-footer">
        {(stopped || message.usage !== undefined) && (
          <span class="outcome">
            {stopped && <span>Stopped</span>}
            {message.usage !== undefined && (
              <span class="usage" data-testid="message-usage">
                {usageText(message.usage).map((words) => (
                  <span key={words}>{words}</span>
                ))}
              </span>
            )}
          </span>
        )}
        <span class="message-actions">
          {text !== '' && <CopyButton text={text} label="Copy reply" />}
          {retryable && message.error === undefined && (
            <IconButton icon="refresh" label="Answer again" testId="retry" onClick={retry} />
          )}
        </span>
      </footer>
    </>
  );
}
