import type { StreamEvent } from '../llm/stream-event.ts';
import type { MessageView } from '../protocol/chat-view.ts';
import type { Delta } from '../protocol/to-webview.ts';
import type { AssistantTurn } from './turn.ts';

/** What the webview is told of one more event of a reply; undefined = nothing yet. `turn` has the event in it already. */
export function replyDelta(turn: AssistantTurn, event: StreamEvent, view: () => MessageView): Delta | undefined {
  switch (event.type) {
    case 'text':
    case 'reasoning':
    case 'refusal': {
      const before = turn.message.content.at(-2)?.type;
      const thoughtMs = event.type !== 'reasoning' && before === 'reasoning' ? turn.thoughtMs?.at(-1) : undefined;
      return {
        type: 'text-appended',
        messageId: turn.id,
        part: event.type,
        text: event.text,
        ...(thoughtMs !== undefined && { thoughtMs }),
      };
    }
    case 'tool-call-arguments':
      // The whole call is told with the end of the reply.
      return undefined;
    case 'tool-call':
    case 'notice':
    case 'end':
      return { type: 'message-changed', message: view() };
  }
}
