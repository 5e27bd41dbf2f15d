import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Closes a popup when the user goes elsewhere, by pointer or by keyboard. `opener` is the button that toggles it. */
export function useDismiss(
  popup: RefObject<HTMLElement | null>,
  opener: RefObject<HTMLElement | null>,
  onDismiss: () => void,
): void {
  useEffect(() => {
    const elsewhere = (event: Event) => {
      const target = event.target;
      if (!(target instanceof Node)) return;
      if (popup.current?.contains(target) || opener.current?.contains(target)) return;
      onDismiss();
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
    };
  }, [onDismiss]);
}
