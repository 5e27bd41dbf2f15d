import * as l10n from '@vscode/l10n';
import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AttachmentView } from '../../protocol/chat-view.ts';
import type { Suggestion } from '../../protocol/suggestion.ts';
import { useActions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { attachFrom, isAttachable } from './attach-dropped.ts';
import { AttachmentChips } from './attachment-chips.tsx';
import { type RecallPosition, recallStep } from './recall.ts';
import { replaceQuery } from './suggest-query.ts';
import { SuggestionList, suggestionId, suggestionListId } from './suggestion-list.tsx';
import { chosenOf, type SuggestionsAnswer, stepFrom, useSuggestions } from './use-suggestions.ts';

interface ComposerProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  readonly busy: boolean;
  readonly recall: readonly string[];
  /** What goes along with the next message. */
  readonly attachments: readonly AttachmentView[];
  /** The host's latest answer. */
  readonly suggestions: SuggestionsAnswer | undefined;
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
  /** Controls at the left of the send button. */
  readonly children: ComponentChildren;
}

/** Where the user writes. Keeps what is written until it can be sent. */
export function Composer(props: ComposerProps) {
  const { input, draft, onDraft, busy, recall, attachments, onSend, onStop, children } = props;
  const { post } = useActions();
  const [position, setPosition] = useState<RecallPosition>(undefined);
  const [isDragged, setDragged] = useState(false);
  const suggestions = useSuggestions(props.suggestions);
  const { open } = suggestions;
  /** Where the cursor goes when the text with a suggestion in it is drawn. */
  const cursor = useRef<number>(undefined);
  useLayoutEffect(() => {
    const at = cursor.current;
    if (at === undefined) return;
    cursor.current = undefined;
    input.current?.focus();
    input.current?.setSelectionRange(at, at);
    suggestions.moved(draft, at);
  });

  const choose = (suggestion: Suggestion | undefined) => {
    if (suggestion === undefined || suggestion.unavailable !== undefined || open === undefined) return;
    const { chosen } = suggestion;
    const replaced = replaceQuery(draft, open.query, chosen.type === 'send' ? '' : chosen.text);
    cursor.current = replaced.cursor;
    onDraft(replaced.text);
    if (chosen.type !== 'narrow') suggestions.close();
    if (chosen.type === 'attach') post({ type: 'attach', mention: chosen.mention });
    if (chosen.type === 'send') onSend(chosen.text);
  };

  /** True where the key was for the list. */
  const keyForList = (event: KeyboardEvent): boolean => {
    if (open === undefined) return false;
    const place = stepFrom(open, event.key);
    if (place !== undefined) suggestions.point(place);
    else if (event.key === 'Escape') suggestions.close();
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
      const chosen = chosenOf(open);
      // Without a choice Enter sends, and Tab leads on.
      if (chosen === undefined) return false;
      choose(chosen);
    } else return false;
    event.preventDefault();
    // Escape would stop the reply, too.
    event.stopPropagation();
    return true;
  };

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
    if (event.isComposing || event.keyCode === 229 || keyForList(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp') recallWith(event, -1);
    else if (event.key === 'ArrowDown') recallWith(event, 1);
  };

  return (
    <form
      class={isDragged ? 'composer dragged' : 'composer'}
      onDragOver={(event) => {
        if (event.dataTransfer === null || !isAttachable(event.dataTransfer)) return;
        event.preventDefault();
        setDragged(true);
      }}
      onDragLeave={() => setDragged(false)}
      onDrop={(event) => {
        setDragged(false);
        if (event.dataTransfer !== null && attachFrom(event.dataTransfer, post)) event.preventDefault();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {open !== undefined && (
        <SuggestionList
          groups={open.groups}
          active={open.active}
          input={input}
          onPoint={suggestions.point}
          onChoose={choose}
          onDismiss={suggestions.close}
        />
      )}
      <AttachmentChips attachments={attachments} />
      <textarea
        ref={input}
        class="composer-input"
        data-testid="composer"
        aria-label={l10n.t('Message')}
        placeholder={l10n.t('Ask anything')}
        rows={1}
        value={draft}
        aria-autocomplete="list"
        aria-controls={open === undefined ? undefined : suggestionListId}
        aria-activedescendant={open === undefined ? undefined : suggestionId(open.active)}
        onInput={({ currentTarget }) => {
          onDraft(currentTarget.value);
          suggestions.moved(currentTarget.value, currentTarget.selectionStart);
        }}
        onSelect={({ currentTarget }) => {
          // The cursor has been moved; what it does while typing, onInput has told.
          if (currentTarget.value === draft) suggestions.moved(draft, currentTarget.selectionStart);
        }}
        onPaste={(event) => {
          const { clipboardData } = event;
          // A cell of a table is text and picture: text is meant.
          if (clipboardData === null || clipboardData.types.includes('text/plain')) return;
          if (attachFrom(clipboardData, post)) event.preventDefault();
        }}
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
            title={l10n.t('Stop (Escape)')}
            aria-label={l10n.t('Stop')}
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
