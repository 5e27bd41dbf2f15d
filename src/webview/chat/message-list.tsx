import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import type { ChatView } from '../../protocol/chat-view.ts';
import { ComparisonDoor } from '../compare/compare-door.tsx';
import { useFolded } from '../context/folded.ts';
import { Icon } from '../icon.tsx';
import { memo } from '../memo.ts';
import { Message } from '../message/message.tsx';
import { useEarlierMessages } from './earlier-messages.ts';
import { useStickToBottom } from './stick-to-bottom.ts';

/** The conversation. What is new in it is said by `announcement`, not token by token. */
export const MessageList = memo(({ view }: { readonly view: ChatView }) => {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const marker = useRef<HTMLButtonElement>(null);
  const { messages, folded, unfold } = useFolded(view.messages);
  const { from, hidden, showMore } = useEarlierMessages({ ...view, messages }, box, marker);
  const { atBottom, jump } = useStickToBottom(box, content);
  const lastSent = messages.findLast((message) => message.role === 'user')?.id;
  // Whoever sends wants to see the answer.
  useEffect(jump, [lastSent]);
  const last = messages.at(-1);
  return (
    <div class="messages-frame" data-busy={view.busy}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable with the keyboard */}
      <div class="messages" ref={box} role="log" aria-label={l10n.t('Conversation')} aria-live="off" tabIndex={0}>
        <div ref={content}>
          {folded > 0 && (
            <button type="button" class="text-button earlier" data-testid="unfold" onClick={unfold}>
              {l10n.t('Show {0} earlier messages', folded)}
            </button>
          )}
          {hidden > 0 && (
            <button type="button" class="text-button earlier" ref={marker} onClick={showMore}>
              {hidden === 1 ? l10n.t('One earlier message') : l10n.t('{0} earlier messages', hidden)}
            </button>
          )}
          {messages.slice(from).map((message) => (
            <Message key={message.id} message={message} isLast={message === last && view.compare === undefined} />
          ))}
          {view.compare && <ComparisonDoor compare={view.compare} busy={view.busy} />}
        </div>
      </div>
      {!atBottom && (
        <button type="button" class="jump" onClick={jump}>
          <Icon name="arrow-down" />
          {l10n.t('Jump to latest')}
        </button>
      )}
    </div>
  );
});
