import type { Message } from '../llm/message.ts';
import type { Turn } from './turn.ts';

/** What was said, as it was said; what a model accepts of it is for those who ask the model. */
export function historyOf(path: readonly Turn[]): readonly Message[] {
  return path.map(({ message }) => message);
}
