import type { ComponentChildren } from 'preact';
import { useActions } from '../actions.ts';

/** Only these are offered to the user; the host checks again and asks before it opens one. */
const openable = /^(?:https?|mailto):/i;

/** No anchor, so nothing but the user's own click or Enter can follow it. An address of another kind is plain text. */
export function Link({ url, children }: { readonly url: string; readonly children?: ComponentChildren }) {
  const { post } = useActions();
  if (!openable.test(url)) return <span>{children}</span>;
  const open = () => post({ type: 'open-link', url });
  return (
    // biome-ignore lint/a11y/useSemanticElements: an anchor with an address would navigate
    <span
      class="link"
      role="link"
      tabIndex={0}
      title={url}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open();
      }}
    >
      {children}
    </span>
  );
}
