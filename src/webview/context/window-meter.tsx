import * as l10n from '@vscode/l10n';
import { useCallback, useRef, useState } from 'preact/hooks';
import type { WindowPart, WindowView } from '../../protocol/chat-view.ts';
import { useDismiss } from '../popup.ts';
import { shareText, usedText } from './window-text.ts';

interface WindowMeterProps {
  readonly window: WindowView;
  readonly onCompact: () => void;
}

/** From this share on the ring has the colour of a warning. */
const warning = 0.8;

/** A ring that fills with the window of the model, and behind it what fills it. */
export function WindowMeter({ window, onCompact }: WindowMeterProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const dismiss = useCallback(() => setOpen(false), []);
  const close = () => {
    button.current?.focus();
    setOpen(false);
  };
  const { used, size } = window;
  const share = size === undefined ? 0 : Math.min(1, used / size);
  const label = l10n.t('Context window: {0}', usedText(window));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape belongs to whatever in it has the focus
    <span
      class="window-meter"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        event.preventDefault();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        class={share >= warning ? 'icon-button nearly-full' : 'icon-button'}
        data-testid="window-meter"
        title={label}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => (isOpen ? close() : setOpen(true))}
      >
        <svg class="ring" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle class="ring-track" cx="8" cy="8" r="6" />
          {share > 0 && (
            <circle class="ring-used" cx="8" cy="8" r="6" pathLength={100} stroke-dasharray={`${share * 100} 100`} />
          )}
        </svg>
      </button>
      {isOpen && (
        <WindowParts window={window} opener={button} onDismiss={dismiss} onCompact={onCompact} onClose={close} />
      )}
    </span>
  );
}

const partNames: Readonly<Record<WindowPart, () => string>> = {
  system: () => l10n.t('System prompt'),
  instructions: () => l10n.t('Instructions'),
  history: () => l10n.t('Conversation'),
  attachments: () => l10n.t('Attachments'),
  reserve: () => l10n.t('Kept free for the answer'),
};
const partOrder: readonly WindowPart[] = ['system', 'instructions', 'history', 'attachments', 'reserve'];

interface WindowPartsProps extends WindowMeterProps {
  readonly opener: { readonly current: HTMLButtonElement | null };
  readonly onDismiss: () => void;
  readonly onClose: () => void;
}

function WindowParts({ window, opener, onDismiss, onCompact, onClose }: WindowPartsProps) {
  const panel = useRef<HTMLDivElement>(null);
  useDismiss(panel, opener, onDismiss);
  const { parts, size, canCompact, compacting } = window;
  return (
    <div class="popup window-parts" ref={panel} role="dialog" aria-labelledby="window-title" data-testid="window-parts">
      <h2 id="window-title">{l10n.t('Context window')}</h2>
      <p>{usedText(window)}</p>
      <dl>
        {partOrder.map((part) => (
          <div key={part} data-part={part}>
            <dt>{partNames[part]()}</dt>
            <dd>{shareText(parts[part], part === 'reserve' ? undefined : size)}</dd>
          </div>
        ))}
      </dl>
      {canCompact && (
        <button
          type="button"
          class="button secondary"
          data-testid="compact"
          disabled={compacting}
          title={l10n.t('Put a summary in the place of all that was said; the messages stay readable')}
          onClick={() => {
            onClose();
            onCompact();
          }}
        >
          {l10n.t('Compact')}
        </button>
      )}
    </div>
  );
}
