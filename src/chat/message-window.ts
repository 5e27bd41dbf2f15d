import type { MessageView } from '../protocol/chat-view.ts';

/** What a page is told of a long chat at once: this many messages, or as many as hold this much text. */
const mostMessages = 40;
const mostText = 400_000;

export interface MessageWindow {
  readonly messages: readonly MessageView[];
  /** How many come before them. */
  readonly earlier: number;
}

/** The last messages, or the last ones before the message `before`; at least one where there is one. */
export function windowOf(all: readonly MessageView[], before?: string): MessageWindow {
  const end =
    before === undefined
      ? all.length
      : Math.max(
          0,
          all.findIndex(({ id }) => id === before),
        );
  let start = end;
  for (let text = 0; start > 0 && end - start < mostMessages; start--) {
    const message = all[start - 1];
    text += message === undefined ? 0 : textLength(message);
    if (text > mostText && start < end) break;
  }
  return { messages: all.slice(start, end), earlier: start };
}

const textLength = (message: MessageView): number =>
  message.parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : JSON.stringify(part).length), 0);
