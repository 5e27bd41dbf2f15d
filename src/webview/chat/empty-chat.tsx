import * as l10n from '@vscode/l10n';
import type { ModelView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { Icon } from '../icon.tsx';

/** Those that end in a blank line wait for something to be pasted. */
const examples = (): readonly string[] => [
  l10n.t('Write a TypeScript function that parses “1h30m” into seconds, with tests'),
  l10n.t('Explain optimistic and pessimistic locking, with an example of each'),
  `${l10n.t('Review this code for bugs and name the lines:')}\n\n`,
  `${l10n.t('Turn this shell script into Python:')}\n\n`,
];

interface EmptyChatProps {
  readonly model: ModelView;
  readonly onExample: (prompt: string) => void;
  readonly onChooseModel: () => void;
}

/** What is seen before the first message. */
export function EmptyChat({ model, onExample, onChooseModel }: EmptyChatProps) {
  const { post } = useActions();
  return (
    <div class="empty">
      <Logo />
      <h2>{l10n.t('Every model, one assistant')}</h2>
      {model.unavailable === undefined ? (
        <p class="empty-model">
          <Naming
            words={l10n.t('Answers come from {0}. Another one can take over at any time.', namePlace)}
            name={model.label}
          />
        </p>
      ) : (
        <div class="empty-unavailable">
          <p>
            <Icon name="warning" />
            <span>
              <Naming
                words={l10n.t('{0} cannot answer just now: {1}', namePlace, model.unavailable)}
                name={model.label}
              />
            </span>
          </p>
          <div class="buttons">
            <button type="button" class="button" onClick={onChooseModel}>
              {l10n.t('Choose a model')}
            </button>
            <button
              type="button"
              class="button secondary"
              onClick={() => post({ type: 'error-action', command: 'addProvider' })}
            >
              {l10n.t('Add a provider')}
            </button>
          </div>
        </div>
      )}
      <ul class="examples" aria-label={l10n.t('Examples')}>
        {examples().map((prompt) => (
          <li key={prompt}>
            <button type="button" class="example" onClick={() => onExample(prompt)}>
              {prompt.trim().replace(/[:：]$/, '…')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Stands in a sentence where a name is to be drawn: no name has such a character. */
const namePlace = '\u0001';

/** A sentence with the name in it set off. */
function Naming({ words, name }: { readonly words: string; readonly name: string }) {
  const [before = '', after = ''] = words.split(namePlace);
  return (
    <>
      {before}
      <strong>{name}</strong>
      {after}
    </>
  );
}

/** Three voices joining into one; the same drawing as media/tutti.svg. */
function Logo() {
  return (
    <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 5.5h4.5c4.5 0 4 6.5 8.5 6.5h5M3 12h18M3 18.5h4.5c4.5 0 4-6.5 8.5-6.5" />
    </svg>
  );
}
