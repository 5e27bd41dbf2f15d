import * as l10n from '@vscode/l10n';
import type { MessageView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { CopyButton } from '../copy-button.tsx';
import { Icon, IconButton } from '../icon.tsx';
import { memo } from '../memo.ts';
import { MessageParts } from '../message/message-parts.tsx';
import { replyText } from '../message/reply-text.ts';
import { usageText } from '../message/usage-text.ts';

interface CompareColumnProps {
  readonly message: MessageView;
  /** The user's vote: it was the best. */
  readonly isBest: boolean;
  /** No reply is being written any more. */
  readonly isOver: boolean;
}

/** The reply of one of several models. */
export const CompareColumn = memo(({ message, isBest, isOver }: CompareColumnProps) => {
  const { post } = useActions();
  const { id, state, error, usage, notices } = message;
  const name = message.model ?? l10n.t('Assistant');
  return (
    <article class={isBest ? 'compare-column best' : 'compare-column'} data-testid="compare-column" data-model={name}>
      <h2 class="message-model">{name}</h2>
      {notices.map((notice, index) => (
        <p key={index} class="notice">
          <Icon name="info" />
          <span>{notice}</span>
        </p>
      ))}
      <MessageParts message={message} />
      {error !== undefined && (
        <div class="error">
          <Icon name="error" />
          <div class="error-body">
            <p class="error-cause">{error.cause}</p>
            <p>{error.nextStep}</p>
            <CopyButton text={error.details} label={l10n.t('Copy details')} worded />
          </div>
        </div>
      )}
      <footer class="message-footer">
        <span class="usage" data-testid="compare-usage">
          {state === 'streaming' && <span>{l10n.t('Answering…')}</span>}
          {state === 'stopped' && <span>{l10n.t('Stopped')}</span>}
          {usage !== undefined && usageText(usage).map((words) => <span key={words}>{words}</span>)}
        </span>
        <span class="message-actions">
          {state === 'streaming' ? (
            <IconButton
              icon="debug-stop"
              label={l10n.t('Stop {0}', name)}
              testId="compare-stop"
              onClick={() => post({ type: 'compared', action: 'stop', messageId: id })}
            />
          ) : (
            <>
              <CopyButton text={replyText(message)} label={l10n.t('Copy reply')} />
              <IconButton
                icon="thumbsup"
                label={l10n.t('{0} is best', name)}
                testId="compare-best"
                pressed={isBest}
                onClick={() => post({ type: 'compared', action: 'best', messageId: id })}
              />
            </>
          )}
        </span>
      </footer>
      {isOver && (
        <button
          type="button"
          class="button secondary"
          data-testid="compare-continue"
          aria-label={l10n.t('Continue with this: {0}', name)}
          onClick={() => post({ type: 'compared', action: 'continue', messageId: id })}
        >
          {l10n.t('Continue with this')}
        </button>
      )}
    </article>
  );
});
