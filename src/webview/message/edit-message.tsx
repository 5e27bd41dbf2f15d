import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useActions } from '../actions.ts';

interface EditMessageProps {
  readonly messageId: string;
  readonly text: string;
  /** Nothing was changed, or nothing is wanted any more. */
  readonly onCancel: () => void;
  readonly onSent: () => void;
}

/** An earlier message, to be said in other words. What was said before stays as another branch. */
export function EditMessage({ messageId, text, onCancel, onSent }: EditMessageProps) {
  const { post, focusComposer } = useActions();
  const [draft, setDraft] = useState(text);
  const input = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(text.length, text.length);
  }, []);
  const send = (): void => {
    if (draft.trim() === '') return;
    focusComposer();
    post({ type: 'edit', messageId, text: draft });
    onSent();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) send();
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
    // Elsewhere Escape stops a reply.
    event.stopPropagation();
  };
  return (
    <div class="edit-message">
      <textarea
        ref={input}
        data-testid="edit-input"
        aria-label={l10n.t('Message')}
        rows={1}
        value={draft}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="buttons">
        <button type="button" class="button" data-testid="edit-send" disabled={draft.trim() === ''} onClick={send}>
          {l10n.t('Send')}
        </button>
        <button type="button" class="button secondary" onClick={onCancel}>
          {l10n.t('Cancel')}
        </button>
      </div>
    </div>
  );
}
