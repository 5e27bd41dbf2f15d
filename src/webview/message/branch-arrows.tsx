import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { BranchView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { Icon } from '../icon.tsx';

interface BranchArrowsProps {
  readonly messageId: string;
  readonly branch: BranchView;
}

type Step = -1 | 1;

/** The arrow that was used: its message gives way to another, whose arrow takes over the focus. */
let used: Step | undefined;

/** At a message that has others in its place: which one it is, and the way to them. */
export function BranchArrows({ messageId, branch: { position, count } }: BranchArrowsProps) {
  const { post } = useActions();
  const arrows = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (used === undefined || (document.activeElement ?? document.body) !== document.body) return;
    const [previous, next] = arrows.current?.querySelectorAll('button') ?? [];
    const wanted = used === -1 ? [previous, next] : [next, previous];
    used = undefined;
    wanted.find((arrow) => arrow?.disabled === false)?.focus();
  }, []);
  const go = (step: Step): void => {
    used = step;
    post({ type: 'switch-branch', messageId, step });
  };
  const arrow = (step: Step, icon: 'chevron-left' | 'chevron-right', testId: string, name: string) => (
    <button
      type="button"
      class="icon-button"
      data-testid={testId}
      title={name}
      aria-label={name}
      disabled={step === -1 ? position === 1 : position === count}
      onClick={() => go(step)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <span class="branches" ref={arrows}>
      {arrow(-1, 'chevron-left', 'branch-previous', l10n.t('Previous version ({0} of {1} is shown)', position, count))}
      <span data-testid="branch-position" aria-hidden="true">{`${position}/${count}`}</span>
      {arrow(1, 'chevron-right', 'branch-next', l10n.t('Next version ({0} of {1} is shown)', position, count))}
    </span>
  );
}
