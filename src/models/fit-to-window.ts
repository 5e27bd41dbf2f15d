import type { Message } from '../llm/message.ts';

export interface WindowedHistory {
  readonly messages: readonly Message[];
  /** Messages at the beginning that are not in it. */
  readonly leftOut: number;
  readonly tokens: number;
}

/**
 * The end of a conversation that takes at most `room` tokens. Oldest turns go first and go whole: a question with all
 * that came of it; then, of the last question, the oldest steps: a tool call with its results.
 * The last question and the last step always stay, so that the answer may be larger than `room`.
 */
export function fitToWindow(
  messages: readonly Message[],
  room: number,
  tokensOf: (message: Message) => number,
): WindowedHistory {
  const counts = messages.map(tokensOf);
  let tokens = counts.reduce((sum, count) => sum + count, 0);
  const question = messages.findLastIndex((message) => message.role === 'user');
  const lastStep = messages.findLastIndex((message) => message.role === 'assistant');
  const dropped = new Set<number>();
  const drop = (from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      dropped.add(at);
      tokens -= counts[at] ?? 0;
    }
  };
  for (let at = 0; at < question && tokens > room; ) {
    const next = after(messages, at, 'user');
    drop(at, next);
    at = next;
  }
  for (let at = question + 1; at < lastStep && tokens > room; ) {
    const next = after(messages, at, 'assistant');
    drop(at, next);
    at = next;
  }
  return { messages: messages.filter((_, at) => !dropped.has(at)), leftOut: dropped.size, tokens };
}

/** Where the next message of that role stands. */
function after(messages: readonly Message[], at: number, role: Message['role']): number {
  const next = messages.findIndex((message, index) => index > at && message.role === role);
  return next < 0 ? messages.length : next;
}
