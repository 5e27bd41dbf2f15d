import * as l10n from '@vscode/l10n';
import type { ComponentChildren, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../icon.tsx';
import { type RecallPosition, recallStep } from './recall.ts';

interface ComposerProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  readonly busy: boolean;
  readonly recall: readonly string[];
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
  /** Controls at the left of the send button. */
  readonly children: ComponentChildren;
}

/** Where the user writes. Keeps what is written until it can be sent. */
export function Composer({ input, draft, onDraft, busy, recall, onSend, onStop, children }: ComposerProps) {
  const [position, setPosition] = useState<RecallPosition>(undefined);

  const send = () => {
    if (draft.trim() === '') return;
    onSend(draft);
    onDraft('');
    input.current?.focus();
  };

  const recallWith = (event: KeyboardEvent, direction: -1 | 1) => {
    const step = recallStep(recall, position, draft, direction);
    if (step === undefined) return;
    event.preventDefault();
    setPosition(step.position);
    onDraft(step.text);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and the arrows belong to the input method while it composes; 229 is how Safari's says so at its end.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp') recallWith(event, -1);
    else if (event.key === 'ArrowDown') recallWith(event, 1);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={input}
        class="composer-input"
        data-testid="composer"
        aria-label="Message"
        placeholder="Ask anything"
        rows={1}
        value={draft}
        onInput={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="composer-bar">
        {children}
        {busy && (
          <button
            key="stop"
            type="button"
            class="icon-button stop"
            data-testid="stop"
            title="Stop (Escape)"
            aria-label="Stop"
            onClick={() => {
              onStop();
              input.current?.focus();
            }}
          >
            <Icon name="debug-stop" />
          </button>
        )}
        {(!busy || draft.trim() !== '') && (
          <button
            key="send"
            type="submit"
            class="icon-button send"
            data-testid="send"
            title={busy ? l10n.t('Send when the reply is done (Enter)') : l10n.t('Send (Enter)')}
            aria-label={busy ? l10n.t('Send when the reply is done') : l10n.t('Send')}
            disabled={draft.trim() === ''}
          >
            <Icon name="send" />
          </button>
        )}
      </div>
    </form>
  );
}
