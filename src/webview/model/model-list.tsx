import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ModelView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { useDismiss } from '../popup.ts';
import { filterModels } from './filter-models.ts';
import { ModelOption } from './model-option.tsx';

interface ModelListProps {
  readonly models: readonly ModelView[];
  /** Ref of the model in use. */
  readonly current: string;
  readonly opener: RefObject<HTMLButtonElement | null>;
  /** The user went elsewhere: focus stays where they put it. */
  readonly onDismiss: () => void;
  readonly onClose: () => void;
  readonly onChoose: (ref: string) => void;
}

const pageSize = 8;

/** Every model there is, to be searched and chosen from. The cursor stays in the search field; arrows move in the list. */
export function ModelList({ models, current, opener, onDismiss, onClose, onChoose }: ModelListProps) {
  const { post } = useActions();
  const [query, setQuery] = useState('');
  const [pointed, setPointed] = useState(current);
  const popup = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useDismiss(popup, opener, onDismiss);
  // Before the next key can be pressed.
  useLayoutEffect(() => search.current?.focus(), []);

  const groups = filterModels(models, query);
  const listed = groups.flatMap((group) => group.models);
  const active = Math.max(
    0,
    listed.findIndex((model) => model.ref === pointed),
  );
  const activeId = listed.length === 0 ? undefined : optionId(active);
  useLayoutEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const choose = (model: ModelView | undefined) => {
    if (model !== undefined && model.unavailable === undefined) onChoose(model.ref);
  };
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageSize, PageUp: -pageSize };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = listed[Math.min(listed.length - 1, Math.max(0, active + step))];
      if (next !== undefined) setPointed(next.ref);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(listed[active]);
    }
  };

  let place = 0;
  return (
    <div class="popup model-list" ref={popup}>
      <div class="search">
        <Icon name="search" />
        <input
          ref={search}
          type="text"
          role="combobox"
          aria-label="Search models"
          aria-expanded="true"
          aria-controls="model-options"
          aria-activedescendant={activeId}
          aria-autocomplete="list"
          autocomplete="off"
          spellcheck={false}
          placeholder="Search models"
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setPointed('');
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id="model-options" class="options" role="listbox" aria-label="Models">
        {groups.map((group, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not be in a listbox
          <div key={group.provider} role="group" aria-labelledby={`model-group-${index}`}>
            <div id={`model-group-${index}`} class="option-group" role="presentation">
              {group.provider}
            </div>
            {group.models.map((model) => {
              const at = place++;
              return (
                <ModelOption
                  key={model.ref}
                  id={optionId(at)}
                  model={model}
                  active={at === active}
                  selected={model.ref === current}
                  onChoose={choose}
                />
              );
            })}
          </div>
        ))}
      </div>
      {listed.length === 0 && (
        <p class="options-empty" role="status">
          {models.length === 0 ? 'No models yet: add a provider to get some.' : 'No model matches.'}
        </p>
      )}
      <button
        type="button"
        class="popup-action"
        onClick={() => {
          onClose();
          post({ type: 'error-action', command: 'addProvider' });
        }}
      >
        <Icon name="add" />
        Add a provider…
      </button>
    </div>
  );
}

const optionId = (place: number): string => `model-option-${place}`;
