import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { ErrorView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { CopyButton } from '../copy-button.tsx';
import { Icon } from '../icon.tsx';
import { useRetry } from './use-retry.ts';

interface ErrorBlockProps {
  readonly error: ErrorView;
  readonly messageId: string;
  /** Model that could go on where the reply broke off. */
  readonly continueWith?: string | undefined;
}

/** Why there is no (whole) reply, and what to do about it. */
export function ErrorBlock({ error, messageId, continueWith }: ErrorBlockProps) {
  const { post, focusComposer, chooseModelFor } = useActions();
  const retryWith = useRef<HTMLButtonElement>(null);
  const retry = useRetry(messageId);
  const { action } = error;
  return (
    <div class="error">
      <Icon name="error" />
      <div class="error-body">
        <p class="error-cause">{error.cause}</p>
        <p>{error.nextStep}</p>
        <div class="buttons when-idle">
          {action !== undefined && (
            <button
              type="button"
              class="button"
              onClick={() => post({ type: 'error-action', command: action.command, messageId })}
            >
              {action.label}
            </button>
          )}
          {continueWith !== undefined && (
            <button
              type="button"
              class="button"
              data-testid="continue-with"
              onClick={() => {
                focusComposer();
                post({ type: 'continue-with', messageId });
              }}
            >
              {l10n.t('Continue with {0}', continueWith)}
            </button>
          )}
          <button
            type="button"
            class={action === undefined && continueWith === undefined ? 'button' : 'button secondary'}
            data-testid="retry"
            onClick={retry}
          >
            {l10n.t('Retry')}
          </button>
          <button
            ref={retryWith}
            type="button"
            class="button secondary"
            data-testid="retry-with"
            aria-haspopup="listbox"
            onClick={() => chooseModelFor(messageId, retryWith)}
          >
            {l10n.t('Retry with…')}
          </button>
          <CopyButton text={error.details} label={l10n.t('Copy details')} worded />
        </div>
      </div>
    </div>
  );
}
