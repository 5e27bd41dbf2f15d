import * as l10n from '@vscode/l10n';
import type { ChatView, MessageView } from '../../protocol/chat-view.ts';
import { replyText } from '../message/reply-text.ts';

/** Longer replies are read from the conversation itself. */
const longestSpoken = 1500;

/** What a screen reader should say of the step from one view to the next; undefined = nothing. */
export function announcement(before: ChatView | undefined, now: ChatView): string | undefined {
  if (before === undefined || before.chatId !== now.chatId) return undefined;
  const answered = now.compare?.columns.filter(
    ({ id, state }) =>
      state !== 'streaming' && before.compare?.columns.find((column) => column.id === id)?.state === 'streaming',
  );
  if (answered?.length) return answered.map(({ model }) => l10n.t('{0} has answered', model ?? '')).join('. ');
  const last = now.messages.at(-1);
  if (last === undefined || last.role !== 'assistant') return undefined;
  const earlier = before.messages.find((message) => message.id === last.id);
  const newNotice = last.notices.length > (earlier?.notices.length ?? 0) ? last.notices.at(-1) : undefined;
  if (last.state === (earlier?.state ?? 'new')) return newNotice;
  return ending(last);
}

function ending(message: MessageView): string {
  switch (message.state) {
    case 'streaming':
      return l10n.t('Tutti is answering');
    case 'stopped':
      return l10n.t('Stopped');
    case 'failed':
      return message.error === undefined
        ? l10n.t('The reply failed')
        : `${message.error.cause} ${message.error.nextStep}`;
    case 'done': {
      const text = replyText(message);
      return text.length > longestSpoken ? l10n.t('{0}… The reply goes on.', text.slice(0, longestSpoken)) : text;
    }
  }
}
