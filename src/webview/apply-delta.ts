import type { ChatView, MessageView, PartView } from '../protocol/chat-view.ts';
import type { Delta } from '../protocol/to-webview.ts';

/** The view after one delta. Messages the delta does not touch keep their identity, so they are not drawn again. */
export function applyDelta(view: ChatView, delta: Delta): ChatView {
  switch (delta.type) {
    case 'message-added':
      return { ...view, messages: [...view.messages, delta.message] };
    case 'message-changed':
      return withMessage(view, delta.message.id, () => delta.message);
    case 'text-appended':
      return withMessage(view, delta.messageId, (message) => ({
        ...message,
        parts: append(message.parts, delta),
      }));
    case 'messages-removed-from': {
      const first = view.messages.findIndex((message) => message.id === delta.messageId);
      return first < 0 ? view : { ...view, messages: view.messages.slice(0, first) };
    }
    case 'messages-replaced-from': {
      const first = view.messages.findIndex((message) => message.id === delta.messageId);
      return first < 0 ? view : { ...view, messages: [...view.messages.slice(0, first), ...delta.messages] };
    }
    case 'compare': {
      const { compare: _, ...rest } = view;
      return delta.compare ? { ...rest, compare: delta.compare } : rest;
    }
    case 'queue':
      return { ...view, queue: delta.queue };
    case 'earlier-messages': {
      // Asked for twice, or of a chat that was changed meanwhile.
      if (view.messages[0]?.id !== delta.before) return view;
      return { ...view, messages: [...delta.messages, ...view.messages], earlier: delta.earlier };
    }
    case 'busy':
      return { ...view, busy: delta.busy };
    case 'title':
      return { ...view, title: delta.title };
    case 'model':
      return { ...view, model: delta.model };
    case 'models':
      return { ...view, models: delta.models };
    case 'shelf':
      return { ...view, shelf: delta.shelf };
    case 'recall':
      return { ...view, recall: delta.recall };
    case 'attachments':
      return { ...view, attachments: delta.attachments };
    case 'instructions':
      return { ...view, instructions: delta.instructions };
    case 'commands':
      return { ...view, commands: delta.commands };
    case 'window':
      return { ...view, window: delta.window };
  }
}

function withMessage(view: ChatView, id: string, change: (message: MessageView) => MessageView): ChatView {
  // Searched from the end: the message being written is the last one.
  const index = view.messages.findLastIndex((message) => message.id === id);
  const message = view.messages[index];
  if (message === undefined) return withColumn(view, id, change);
  return { ...view, messages: view.messages.with(index, change(message)) };
}

function withColumn(view: ChatView, id: string, change: (message: MessageView) => MessageView): ChatView {
  const { compare } = view;
  const index = compare?.columns.findIndex((column) => column.id === id) ?? -1;
  const column = compare?.columns[index];
  if (compare === undefined || column === undefined) return view;
  const changed = change(column);
  // Who is asked is known before the first word of it.
  const named =
    changed.model === undefined && column.model !== undefined ? { ...changed, model: column.model } : changed;
  return { ...view, compare: { ...compare, columns: compare.columns.with(index, named) } };
}

type TextAppended = Extract<Delta, { type: 'text-appended' }>;

function append(parts: readonly PartView[], { part: type, text, thoughtMs }: TextAppended): readonly PartView[] {
  const last = parts.at(-1);
  if (last?.type === type) return [...parts.slice(0, -1), { ...last, text: last.text + text }];
  if (last?.type !== 'reasoning' || thoughtMs === undefined) return [...parts, { type, text }];
  return [...parts.slice(0, -1), { ...last, ms: thoughtMs }, { type, text }];
}
