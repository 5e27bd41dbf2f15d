import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import type { WindowView } from '../../protocol/chat-view.ts';
import { Icon } from '../icon.tsx';

interface WindowNoticeProps {
  readonly window: WindowView;
  readonly busy: boolean;
  readonly onCompact: () => void;
}

/** Above the composer: that the window is nearly full, that a summary is being written, or why there is none. */
export function WindowNotice({ window, busy, onCompact }: WindowNoticeProps) {
  const { compacting, problem, offersCompact, used, size } = window;
  if (compacting) return <Line icon="info" text={l10n.t('Writing a summary of the conversation…')} />;
  if (problem !== undefined) return <Line icon="warning" text={problem} />;
  if (!offersCompact || size === undefined || busy) return null;
  const percent = Math.round((used / size) * 100);
  return (
    <Line
      icon="warning"
      text={l10n.t('The context window is {0}% full. When it is full, the oldest messages are left out.', percent)}
    >
      <button type="button" class="button secondary" data-testid="offer-compact" onClick={onCompact}>
        {l10n.t('Compact')}
      </button>
    </Line>
  );
}

function Line({ icon, text, children }: { icon: 'info' | 'warning'; text: string; children?: ComponentChildren }) {
  return (
    <div class="window-notice" data-testid="window-notice" role="status">
      <Icon name={icon} />
      <span>{text}</span>
      {children}
    </div>
  );
}
