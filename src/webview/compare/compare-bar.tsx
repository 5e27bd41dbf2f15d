import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import type { ModelView } from '../../protocol/chat-view.ts';
import { Icon, IconButton } from '../icon.tsx';
import { mostCompared } from './most-compared.ts';

export interface CompareBarProps {
  /** Refs of those chosen so far. */
  readonly chosen: readonly string[];
  readonly models: readonly ModelView[];
  readonly adder: RefObject<HTMLButtonElement | null>;
  readonly onChange: (chosen: readonly string[]) => void;
  readonly onAdd: () => void;
  readonly onClose: () => void;
}

/** Above the composer: who is to answer the next message side by side. */
export function CompareBar({ chosen, models, adder, onChange, onAdd, onClose }: CompareBarProps) {
  const nameOf = (ref: string): string => models.find((model) => model.ref === ref)?.label ?? ref;
  return (
    <section class="compare-bar" data-testid="compare-bar" aria-label={l10n.t('Models to compare')}>
      <span class="compare-title">
        {chosen.length < 2 ? l10n.t('Compare: choose 2 to 4 models') : l10n.t('The next message goes to')}
      </span>
      <IconButton icon="close" label={l10n.t('Do not compare')} testId="compare-close" onClick={onClose} />
      <ul>
        {chosen.map((ref) => (
          <li key={ref} class="compare-chosen" title={ref}>
            <span>{nameOf(ref)}</span>
            <IconButton
              icon="close"
              label={l10n.t('Without {0}', nameOf(ref))}
              onClick={() => onChange(chosen.filter((other) => other !== ref))}
            />
          </li>
        ))}
        {chosen.length < mostCompared && (
          <li>
            <button
              ref={adder}
              type="button"
              class="text-button"
              data-testid="compare-add"
              aria-haspopup="listbox"
              onClick={onAdd}
            >
              <Icon name="add" />
              {l10n.t('Add a model')}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
