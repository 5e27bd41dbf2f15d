import type { ErrorView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { CopyButton } from '../copy-button.tsx';
import { Icon } from '../icon.tsx';
import { useRetry } from './use-retry.ts';

interface ErrorBlockProps {
  readonly error: ErrorView;
  readonly messageId: string;
  readonly retryable: boolean;
  /** Model that could go on where the reply broke off. */
  readonly continueWith?: string | undefined;
}

/** Why there is no (whole) reply, and what to do about it. */
export function ErrorBlock({ error, messageId, retryable, continueWith }: ErrorBlockProps) {
  const { post, focusComposer } = useActions();
  const retry = useRetry(messageId);
  const { action } = error;
  return (
    <div class="error">
      <Icon name="error" />
      <div class="error-body">
        <p class="error-cause">{error.cause}</p>
        <p>{error.nextStep}</p>
        <div class="buttons">
          {action !== undefined && (
            <button
              type="button"
              class="button"
              onClick={() => post({ type: 'error-action', command: action.command, messageId })}
            >
              {action.label}
            </button>
          )}
          {retryable && continueWith !== undefined && (
            <button
              type="button"
              class="button"
              data-testid="continue-with"
              onClick={() => {
                focusComposer();
                post({ type: 'continue-with', messageId });
              }}
            >
              Continue with {continueWith}
            </button>
          )}
          {retryable && (
            <button
              type="button"
              class={action === undefined && continueWith === undefined ? 'button' : 'button secondary'}
              data-testid="retry"
              onClick={retry}
            >
              Retry
            </button>
          )}
          <CopyButton text={error.details} label="Copy details" worded />
        </div>
      </div>
    </div>
  );
}
