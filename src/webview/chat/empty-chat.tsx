import type { ModelView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { Icon } from '../icon.tsx';

/** Those that end in a blank line wait for something to be pasted. */
const examples = [
  'Write a TypeScript function that parses “1h30m” into seconds, with tests',
  'Explain optimistic and pessimistic locking, with an example of each',
  'Review this code for bugs and name the lines:\n\n',
  'Turn this shell script into Python:\n\n',
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
      <h2>Every model, one assistant</h2>
      {model.unavailable === undefined ? (
        <p class="empty-model">
          Answers come from <strong>{model.label}</strong>. Another one can take over at any time.
        </p>
      ) : (
        <div class="empty-unavailable">
          <p>
            <Icon name="warning" />
            <span>
              <strong>{model.label}</strong> cannot answer just now: {model.unavailable}
            </span>
          </p>
          <div class="buttons">
            <button type="button" class="button" onClick={onChooseModel}>
              Choose a model
            </button>
            <button
              type="button"
              class="button secondary"
              onClick={() => post({ type: 'error-action', command: 'addProvider' })}
            >
              Add a provider
            </button>
          </div>
        </div>
      )}
      <ul class="examples" aria-label="Examples">
        {examples.map((prompt) => (
          <li key={prompt}>
            <button type="button" class="example" onClick={() => onExample(prompt)}>
              {prompt.trim().replace(/:$/, '…')}
            </button>
          </li>
        ))}
      </ul>
    </div>
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
