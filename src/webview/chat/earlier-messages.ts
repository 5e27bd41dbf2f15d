import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';

/** So many are drawn to begin with, and so many more each time: a long chat would take seconds to lay out. */
const portion = 12;

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
  const [firstId, setFirstId] = useState(() => messages[Math.max(0, messages.length - portion)]?.id);
  const asked = useRef<string>(undefined);
  // A first one that is gone was removed with all after it: what is left is the end.
  const found = messages.findIndex(({ id }) => id === firstId);
  const from = found < 0 ? Math.max(0, messages.length - portion) : found;
  const hidden = from + earlier;

  const drawn = useRef(hidden);
  const fromEnd = useRef<number>(undefined);
  // Measured before what is above is drawn.
  if (hidden < drawn.current && box.current !== null)
    fromEnd.current = box.current.scrollHeight - box.current.scrollTop;
  drawn.current = hidden;

  const showMore = () => {
    const first = messages[0]?.id;
    if (from > 0) setFirstId(messages[Math.max(0, from - portion)]?.id);
    else if (earlier > 0 && first !== undefined && first !== asked.current) {
      asked.current = first;
      post({ type: 'need-earlier', before: first });
    }
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
    const sight = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) showMore();
    });
    sight.observe(marker.current);
    return () => sight.disconnect();
  }, [hidden]);

  return { from, hidden, showMore };
}
