import * as l10n from '@vscode/l10n';
import type { MessageView } from '../../protocol/chat-view.ts';
import { MessageParts } from '../message/message-parts.tsx';

/** Stands where a chat was compacted: from here on models read this, not what is above. */
export function SummaryBlock({ message }: { readonly message: MessageView }) {
  const { messages = 0, model = '' } = message.summary ?? {};
  return (
    <details class="summary-block" data-testid="summary">
      <summary>{l10n.t('Summary of {0} earlier messages, by {1}', messages, model)}</summary>
      <MessageParts message={{ ...message, role: 'assistant' }} />
    </details>
  );
}
