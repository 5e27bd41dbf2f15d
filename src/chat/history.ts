import { filesOf } from '../context/attachment.ts';
import { withAttachments } from '../context/attachment-text.ts';
import type { Message } from '../llm/message.ts';
import type { Turn } from './turn.ts';

/** What was said, as it was said; what a model accepts of it is for those who ask the model. */
export function historyOf(path: readonly Turn[]): readonly Message[] {
  return path.map((turn) => {
    if (turn.kind === 'assistant' || turn.attachments === undefined) return turn.message;
    return { ...turn.message, content: withAttachments(turn.attachments, turn.message.content) };
  });
}

/** Addresses of all files whose text is in the history, each once. */
export function filesIn(path: readonly Turn[]): readonly string[] {
  return filesOf(path.flatMap((turn) => (turn.kind === 'user' ? (turn.attachments ?? []) : [])));
}
