import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** So many are drawn to begin with, and so many more each time: a long chat would take seconds to lay out. */
const portion = 40;

interface EarlierMessages {
  /** How many at the beginning are not drawn. */
  readonly hidden: number;
  readonly showMore: () => void;
}

/** Draws the end of a long conversation first; more when `marker`, which stands above it, comes into sight. */
export function useEarlierMessages(
  count: number,
  box: RefObject<HTMLElement | null>,
  marker: RefObject<HTMLElement | null>,
): EarlierMessages {
  const [shownFrom, setShownFrom] = useState(Math.max(0, count - portion));
  const hidden = Math.min(shownFrom, Math.max(0, count - 1));
  const fromEnd = useRef<number>(undefined);

  const showMore = () => {
    const element = box.current;
    if (element !== null) fromEnd.current = element.scrollHeight - element.scrollTop;
    setShownFrom(Math.max(0, hidden - portion));
  };

  // What the reader was looking at stays where it was on the screen.
  useLayoutEffect(() => {
    if (box.current !== null && fromEnd.current !== undefined) {
      box.current.scrollTop = box.current.scrollHeight - fromEnd.current;
    }
    fromEnd.current = undefined;
  }, [hidden]);

  useEffect(() => {
    if (marker.current === null) return;
    const sight = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) showMore();
    });
    sight.observe(marker.current);
    return () => sight.disconnect();
  }, [hidden]);

  return { hidden, showMore };
}
