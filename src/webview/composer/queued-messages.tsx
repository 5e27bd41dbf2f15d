import * as l10n from '@vscode/l10n';
import type { QueuedView } from '../../protocol/chat-view.ts';
import type { QueuedAction } from '../../protocol/from-webview.ts';
import { useActions } from '../actions.ts';
import { IconButton } from '../icon.tsx';

interface QueuedMessagesProps {
  readonly queue: readonly QueuedView[];
  readonly busy: boolean;
  /** Replies stand side by side: the queue waits for one to be chosen. */
  readonly comparing: boolean;
}

/** Messages that wait for the end of the reply. After a stop or a failure they go on waiting until the user decides. */
export function QueuedMessages({ queue, busy, comparing }: QueuedMessagesProps) {
  const { post, focusComposer } = useActions();
  if (queue.length === 0) return null;
  const does = (id: string, action: QueuedAction) => () => {
    focusComposer();
    post({ type: 'queued', id, action });
  };
  return (
    <section class="queue" aria-label={l10n.t('Waiting messages')}>
      <p class="queue-title">{titleOf(busy, comparing)}</p>
      <ol>
        {queue.map(({ id, text, attachments, compared }) => (
          <li key={id} class="queued" data-testid="queued-message">
            <span class="queued-text" title={[text, ...attachments].join('\n')}>
              {text}
            </span>
            {compared !== undefined && (
              <span class="queued-detail" title={compared.join('\n')}>
                {l10n.t('{0} models', compared.length)}
              </span>
            )}
            {!busy && (
              <IconButton icon="send" label={l10n.t('Send now')} testId="queued-send" onClick={does(id, 'send')} />
            )}
            <IconButton
              icon="edit"
              label={l10n.t('Back into the composer')}
              testId="queued-edit"
              onClick={does(id, 'edit')}
            />
            <IconButton icon="close" label={l10n.t('Remove')} testId="queued-remove" onClick={does(id, 'remove')} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function titleOf(busy: boolean, comparing: boolean): string {
  if (comparing) return l10n.t('Sent when you continue with one of the replies');
  return busy ? l10n.t('Sent when the reply is done') : l10n.t('Not sent: the reply before did not end well');
}
