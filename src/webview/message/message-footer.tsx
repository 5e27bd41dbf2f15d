import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { MessageView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { CopyButton } from '../copy-button.tsx';
import { Icon, IconButton } from '../icon.tsx';
import { BranchArrows } from './branch-arrows.tsx';
import { replyText } from './reply-text.ts';
import { usageText } from './usage-text.ts';
import { useRetry } from './use-retry.ts';

/** Under a finished reply: what it took, and what can be done with it. */
export function MessageFooter({ message }: { readonly message: MessageView }) {
  const retry = useRetry(message.id);
  const { post, chooseModelFor } = useActions();
  const retryWith = useRef<HTMLButtonElement>(null);
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
          title={l10n.t('Show the scores of all models')}
          onClick={() => post({ type: 'error-action', command: 'explainAuto' })}
        >
          {message.auto}
        </button>
      )}
      <footer class="message-footer">
        {(stopped || message.usage !== undefined) && (
          <span class="outcome">
            {stopped && <span>{l10n.t('Stopped')}</span>}
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
          {text !== '' && <CopyButton text={text} label={l10n.t('Copy reply')} />}
          {message.error === undefined && (
            <span class="when-idle">
              <IconButton icon="refresh" label={l10n.t('Answer again')} testId="retry" onClick={retry} />
              <button
                ref={retryWith}
                type="button"
                class="icon-button"
                data-testid="retry-with"
                title={l10n.t('Answer again with another model…')}
                aria-label={l10n.t('Answer again with another model…')}
                aria-haspopup="listbox"
                onClick={() => chooseModelFor(message.id, retryWith)}
              >
                <Icon name="arrow-swap" />
              </button>
            </span>
          )}
          <span class="when-idle">
            <IconButton
              icon="repo-forked"
              label={l10n.t('Fork: a new chat from here')}
              testId="fork"
              onClick={() => post({ type: 'fork', messageId: message.id })}
            />
          </span>
        </span>
        {message.branch && (
          <span class="when-idle">
            <BranchArrows messageId={message.id} branch={message.branch} />
          </span>
        )}
      </footer>
    </>
  );
}
