import type { LearnedView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';

interface LearnedProps {
  readonly lessons: readonly LearnedView[];
  /** The button that has the focus is about to go. */
  readonly onUndo: () => void;
}

/** What was learned from refusals about the model in use; each can be undone, so that it is tried again. */
export function Learned({ lessons, onUndo }: LearnedProps) {
  const { post } = useActions();
  return (
    <section class="learned" aria-labelledby="learned-title" data-testid="learned">
      <h3 id="learned-title">Learned</h3>
      <ul>
        {lessons.map(({ id, text, since }) => (
          <li key={id}>
            <span>
              {text} · since {new Date(since).toLocaleDateString()}
            </span>
            <button
              type="button"
              class="text-button"
              aria-label={`Undo: ${text}`}
              onClick={() => {
                post({ type: 'undo-lesson', id });
                onUndo();
              }}
            >
              Undo
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
