import * as l10n from '@vscode/l10n';
import type { LearnedView } from '../../protocol/model-settings-view.ts';
import { useActions } from '../actions.ts';
import { language } from '../in-language.ts';

interface LearnedProps {
  readonly model: string;
  readonly lessons: readonly LearnedView[];
  /** The button that has the focus is about to go. */
  readonly onUndo: () => void;
}

/** What was learned from refusals about the model; each can be undone, so that it is tried again. */
export function Learned({ model, lessons, onUndo }: LearnedProps) {
  const { post } = useActions();
  return (
    <section class="learned" aria-labelledby="learned-title" data-testid="learned">
      <h3 id="learned-title">{l10n.t('Learned')}</h3>
      <ul>
        {lessons.map(({ id, text, since }) => (
          <li key={id}>
            <span>{l10n.t('{0} · since {1}', text, new Date(since).toLocaleDateString(language()))}</span>
            <button
              type="button"
              class="text-button"
              aria-label={l10n.t('Undo: {0}', text)}
              onClick={() => {
                post({ type: 'undo-lesson', model, id });
                onUndo();
              }}
            >
              {l10n.t('Undo')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
