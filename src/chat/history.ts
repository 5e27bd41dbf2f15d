import { type Attachment, filesOf } from '../context/attachment.ts';
import { withAttachments } from '../context/attachment-text.ts';
import type { Message } from '../llm/message.ts';
import type { Turn } from './turn.ts';

/** The part of a conversation that models are sent: from its last summary on. */
export function sentPart(path: readonly Turn[]): readonly Turn[] {
  const summary = path.findLastIndex((turn) => turn.kind === 'user' && turn.summary !== undefined);
  return summary < 0 ? path : path.slice(summary);
}

/** What was said, as it was said; what a model accepts of it is for those who ask the model. */
export function historyOf(path: readonly Turn[]): readonly Message[] {
  return sentPart(path).map(sentMessage);
}

/** Turns do not change: what was made of one once is kept as long as it is. */
const sentMessages = new WeakMap<Turn, Message>();

/** The message of a turn with what is attached to it. */
export function sentMessage(turn: Turn): Message {
  if (turn.kind === 'assistant' || turn.attachments === undefined) return turn.message;
  const made = sentMessages.get(turn) ?? {
    ...turn.message,
    content: withAttachments(turn.attachments, turn.message.content),
  };
  sentMessages.set(turn, made);
  return made;
}

/** Addresses of all files whose text is in the history, each once. */
export function filesIn(path: readonly Turn[]): readonly string[] {
  const files = sentPart(path).flatMap((turn) =>
    turn.kind === 'user' ? [...filesOf(turn.attachments ?? []), ...(turn.files ?? [])] : [],
  );
  return [...new Set(files)];
}

/** What models are shown along with the history. */
export function attachmentsIn(path: readonly Turn[]): readonly Attachment[] {
  return sentPart(path).flatMap((turn) => (turn.kind === 'user' ? (turn.attachments ?? []) : []));
}
