import { useEffect, useState } from 'preact/hooks';
import { useActions } from './actions.ts';
import { Icon } from './icon.tsx';
import { withoutEscapes } from './markdown/terminal-escapes.ts';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, e.g. "Copy code". */
  readonly label: string;
  readonly testId?: string;
  /** Shows the label beside the icon. */
  readonly worded?: boolean;
}

const confirmationMs = 2000;

/** Copies through the host (a webview has no clipboard of its own) and says so for two seconds. */
export function CopyButton({ text, label, testId, worded }: CopyButtonProps) {
  const { post, announce } = useActions();
  const [copies, setCopies] = useState(0);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copies === 0) return;
    setCopied(true);
    const timer = setTimeout(() => setCopied(false), confirmationMs);
    return () => clearTimeout(timer);
  }, [copies]);
  const name = copied ? 'Copied' : label;
  return (
    <button
      type="button"
      class={worded ? 'text-button' : 'icon-button'}
      data-testid={testId}
      title={name}
      aria-label={name}
      onClick={() => {
        // It may be pasted into a terminal.
        post({ type: 'copy', text: withoutEscapes(text) });
        setCopies(copies + 1);
        announce('Copied');
      }}
    >
      <Icon name={copied ? 'check' : 'copy'} />
      {worded && name}
    </button>
  );
}
