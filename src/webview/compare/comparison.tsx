import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { CompareView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { CompareColumn } from './compare-column.tsx';
import { Leaderboard } from './leaderboard.tsx';

export interface ComparisonProps {
  readonly compare: CompareView;
  readonly busy: boolean;
}

/** Replies side by side. Where the page is too narrow for them they are turned over one by one, by name or by swiping. */
export function Comparison({ compare: { columns, vote, kind, board }, busy }: ComparisonProps) {
  const { post } = useActions();
  const box = useRef<HTMLDivElement>(null);
  return (
    <section class="comparison" data-testid="comparison" aria-label={l10n.t('Replies side by side')}>
      <div class="compare-names">
        {columns.map(({ id, model, state }, index) => (
          <button
            key={id}
            type="button"
            class="text-button"
            onClick={() => box.current?.children[index]?.scrollIntoView({ block: 'nearest', inline: 'start' })}
          >
            {state === 'streaming' ? l10n.t('{0} …', model ?? '') : model}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable with the keyboard */}
      <section class="compare-columns" ref={box} tabIndex={0} aria-label={l10n.t('Replies')}>
        {columns.map((message) => (
          <CompareColumn key={message.id} message={message} isBest={vote?.best === message.id} isOver={!busy} />
        ))}
      </section>
      <div class="buttons compare-all">
        {busy ? (
          <button
            type="button"
            class="button secondary"
            data-testid="compare-stop-all"
            onClick={() => post({ type: 'compared', action: 'stop' })}
          >
            {l10n.t('Stop all')}
          </button>
        ) : (
          <button
            type="button"
            class="button secondary"
            data-testid="compare-tie"
            aria-pressed={vote !== undefined && vote.best === undefined}
            onClick={() => post({ type: 'compared', action: 'best' })}
          >
            {l10n.t('Equally good')}
          </button>
        )}
      </div>
      {vote !== undefined && board.length > 0 && <Leaderboard kind={kind} board={board} />}
    </section>
  );
}
