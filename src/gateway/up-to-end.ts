import type { EndEvent, Notice, StreamEvent } from '../llm/stream-event.ts';

/** How an attempt ended, for those who decide whether to make another. */
export interface Attempt {
  readonly end: EndEvent;
  /** Something of the reply itself came before. */
  readonly seen: boolean;
  readonly notices: readonly Notice[];
}

/** Passes on all events but the last, which is the result. */
export async function* upToEnd(events: AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent, Attempt> {
  const notices: Notice[] = [];
  let seen = false;
  for await (const event of events) {
    if (event.type === 'end') return { end: event, seen, notices };
    if (event.type === 'notice') notices.push(event.notice);
    else seen = true;
    yield event;
  }
  throw new Error('A stream ended without its end event.');
}
