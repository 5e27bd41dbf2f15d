import * as l10n from '@vscode/l10n';
import type { InstructionView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { countText } from './window-text.ts';

/** Which files of the project are sent along as instructions: a name opens the file, the mark behind it leaves it out. */
export function InstructionLine({ instructions }: { readonly instructions: readonly InstructionView[] }) {
  const { post } = useActions();
  if (instructions.length === 0) return null;
  return (
    <ul class="instructions" aria-label={l10n.t('Instructions of the project')} data-testid="instructions">
      {instructions.map(({ id, name, on, tokens, note }) => (
        <li key={id} class={on ? 'instruction' : 'instruction off'} data-testid="instruction" data-on={on}>
          <button
            type="button"
            class="instruction-name"
            title={[l10n.t('Open {0} (≈{1} tokens)', name, countText(tokens)), note].filter(Boolean).join('\n')}
            onClick={() => post({ type: 'open-instruction', id })}
          >
            {name}
          </button>
          {note !== undefined && on && <Icon name="info" />}
          <button
            type="button"
            class="icon-button"
            aria-pressed={on}
            aria-label={l10n.t('Send {0} along', name)}
            title={on ? l10n.t('Leave {0} out', name) : l10n.t('Send {0} along', name)}
            onClick={() => post({ type: 'use-instruction', id, on: !on })}
          >
            <Icon name={on ? 'close' : 'add'} />
          </button>
        </li>
      ))}
    </ul>
  );
}
