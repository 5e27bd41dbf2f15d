import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Closer than this to the end counts as being there. */
const nearPx = 32;

interface StickToBottom {
  readonly atBottom: boolean;
  readonly jump: () => void;
}

/** Keeps a scrolling box at its end while the reader is there, and leaves it alone once they scrolled up. */
export function useStickToBottom(
  box: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
): StickToBottom {
  const [atBottom, setAtBottom] = useState(true);
  const sticking = useRef(true);
  const lastTop = useRef(0);

  const toEnd = () => {
    const element = box.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
  };

  useEffect(() => {
    const element = box.current;
    if (element === null || content.current === null) return;
    // The browser keeps what is read in its place, which is another one than the end.
    const stick = (isSticking: boolean) => {
      sticking.current = isSticking;
      element.style.overflowAnchor = isSticking ? 'none' : 'auto';
    };
    const onScroll = () => {
      const distance = element.scrollHeight - element.clientHeight - element.scrollTop;
      // Text that arrives between our own scrolling and its event looks like a distance: only a move up is the reader's.
      if (distance <= nearPx) stick(true);
      else if (element.scrollTop < lastTop.current) stick(false);
      lastTop.current = element.scrollTop;
      setAtBottom(sticking.current);
    };
    const sizes = new ResizeObserver(() => {
      if (sticking.current) toEnd();
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    sizes.observe(content.current);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      sizes.disconnect();
    };
  }, []);

  const jump = () => {
    sticking.current = true;
    setAtBottom(true);
    toEnd();
  };
  return { atBottom, jump };
}
