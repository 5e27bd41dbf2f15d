import * as l10n from '@vscode/l10n';
import { useRef, useState } from 'preact/hooks';
import type { MessageView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { AttachmentChips } from '../composer/attachment-chips.tsx';
import { IconButton } from '../icon.tsx';
import { BranchArrows } from './branch-arrows.tsx';
import { EditMessage } from './edit-message.tsx';
import { MessageParts } from './message-parts.tsx';
import { replyText } from './reply-text.ts';

interface UserMessageProps {
  readonly message: MessageView;
  readonly isLast: boolean;
}

/** What the user said, and what can be done with it. */
export function UserMessage({ message, isLast }: UserMessageProps) {
  const { post, focusComposer } = useActions();
  const [isEdited, setEdited] = useState(false);
  const actions = useRef<HTMLDivElement>(null);
  const { id, branch } = message;
  if (isEdited) {
    return (
      <EditMessage
        messageId={id}
        text={replyText(message)}
        onSent={() => setEdited(false)}
        onCancel={() => {
          setEdited(false);
          // The button it was opened with is drawn again first.
          requestAnimationFrame(() => actions.current?.querySelector('button')?.focus());
        }}
      />
    );
  }
  return (
    <>
      <div class="bubble">
        <MessageParts message={message} />
        {message.attachments !== undefined && <AttachmentChips attachments={message.attachments} messageId={id} />}
      </div>
      <div class="user-actions when-idle" ref={actions}>
        <span class="message-actions">
          {message.summary === undefined && (
            <IconButton
              icon="edit"
              label={l10n.t('Edit and send again')}
              testId="edit-message"
              onClick={() => setEdited(true)}
            />
          )}
          {isLast && (
            <IconButton
              icon="refresh"
              label={l10n.t('Answer')}
              testId="retry"
              onClick={() => {
                focusComposer();
                post({ type: 'retry', messageId: id });
              }}
            />
          )}
          <IconButton
            icon="repo-forked"
            label={l10n.t('Fork: a new chat from here')}
            testId="fork"
            onClick={() => post({ type: 'fork', messageId: id })}
          />
        </span>
        {branch && <BranchArrows messageId={id} branch={branch} />}
      </div>
    </>
  );
}
