import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatView, MessageView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { replyText } from '../message/reply-text.ts';

/** At most so many are drawn at once: a long chat would take seconds to lay out. */
const mostAtOnce = 12;
/** More letters than these wait for the next time; the first are to be seen at once. */
const firstLetters = 2000;
const moreLetters = 10_000;
/** More are drawn before the reader comes to them. */
const aheadPx = 1200;

interface EarlierMessages {
  /** The first of `view.messages` that is drawn. */
  readonly from: number;
  /** How many come before it, here or with the host. */
  readonly hidden: number;
  readonly showMore: () => void;
}

/** Draws the end of a long conversation first; more when `marker`, which stands above it, comes into sight. */
export function useEarlierMessages(
  view: ChatView,
  box: RefObject<HTMLElement | null>,
  marker: RefObject<HTMLElement | null>,
): EarlierMessages {
  const { messages, earlier = 0 } = view;
  const { post } = useActions();
  const [firstId, setFirstId] = useState(() => messages[portionStart(messages, messages.length, firstLetters)]?.id);
  const asked = useRef<string>(undefined);
  // A first one that is gone was removed with all after it: what is left is the end.
  const found = messages.findIndex(({ id }) => id === firstId);
  const from = found < 0 ? portionStart(messages, messages.length, firstLetters) : found;
  const hidden = from + earlier;

  const drawn = useRef(hidden);
  const fromEnd = useRef<number>(undefined);
  // Measured before what is above is drawn. The browser itself keeps what is read in its place, but at the very top.
  if (hidden < drawn.current && box.current !== null && box.current.scrollTop < 1)
    fromEnd.current = box.current.scrollHeight;
  drawn.current = hidden;

  const drawMore = () => {
    const first = messages[0]?.id;
    if (from > 0) setFirstId(messages[portionStart(messages, from, moreLetters)]?.id);
    else if (earlier > 0 && first !== undefined && first !== asked.current) {
      asked.current = first;
      post({ type: 'need-earlier', before: first });
    }
  };

  /** At the very top the browser would keep the top, not what is read. */
  const showMore = () => {
    if (box.current === null || box.current.scrollTop >= 1) return drawMore();
    box.current.scrollTop = 1;
    requestAnimationFrame(() => requestAnimationFrame(drawMore));
  };

  // What the reader was looking at stays where it was on the screen.
  useLayoutEffect(() => {
    if (box.current !== null && fromEnd.current !== undefined) {
      box.current.scrollTop = box.current.scrollHeight - fromEnd.current;
    }
    fromEnd.current = undefined;
  }, [hidden]);

  // What was asked for has come: it stands before the first one drawn.
  useLayoutEffect(() => {
    if (asked.current !== undefined && asked.current !== messages[0]?.id && from > 0) {
      asked.current = undefined;
      showMore();
    }
  }, [messages[0]?.id]);

  useEffect(() => {
    if (marker.current === null) return;
    const sight = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) showMore();
      },
      { root: box.current, rootMargin: `${aheadPx}px 0px` },
    );
    sight.observe(marker.current);
    return () => sight.disconnect();
  }, [hidden]);

  return { from, hidden, showMore };
}

/** The first message of those to draw before `end`: a question goes with its answer. */
function portionStart(messages: readonly MessageView[], end: number, letters: number): number {
  let start = end;
  for (let drawn = 0; start > 0 && end - start < mostAtOnce; start--) {
    const message = messages[start - 1];
    if (end - start >= 2 && drawn > letters) break;
    drawn += message === undefined ? 0 : replyText(message).length;
  }
  return start;
}
