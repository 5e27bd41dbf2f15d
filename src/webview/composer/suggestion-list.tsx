import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Suggestion, SuggestionGroup } from '../../protocol/suggestion.ts';
import { Icon } from '../icon.tsx';
import { useDismiss } from '../popup.ts';

interface SuggestionListProps {
  readonly groups: readonly SuggestionGroup[];
  readonly active: number;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly onPoint: (place: number) => void;
  readonly onChoose: (suggestion: Suggestion) => void;
  readonly onDismiss: () => void;
}

export const suggestionListId = 'suggestions';
export const suggestionId = (place: number): string => `suggestion-${place}`;

/** What can be put where the cursor is. The keyboard stays in the composer. */
export function SuggestionList({ groups, active, input, onPoint, onChoose, onDismiss }: SuggestionListProps) {
  const popup = useRef<HTMLDivElement>(null);
  useDismiss(popup, input, onDismiss);
  useLayoutEffect(() => {
    document.getElementById(suggestionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active, groups]);
  let place = 0;
  return (
    <div class="popup suggestions" ref={popup} data-testid="suggestions">
      <div id={suggestionListId} class="suggestion-rows" role="listbox" aria-label={l10n.t('Suggestions')}>
        {groups.map((group, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not be in a listbox
          <div key={index} role="group" aria-label={group.label === '' ? l10n.t('Suggestions') : group.label}>
            {group.label !== '' && (
              <div class="suggestion-group" role="presentation">
                {group.label}
              </div>
            )}
            {group.suggestions.map((suggestion) => {
              const at = place++;
              return (
                <Row
                  key={suggestion.id}
                  place={at}
                  suggestion={suggestion}
                  active={at === active}
                  onPoint={onPoint}
                  onChoose={onChoose}
                />
              );
            })}
          </div>
        ))}
      </div>
      {place === 0 && (
        <p class="suggestions-empty" role="status">
          {l10n.t('Nothing fits.')}
        </p>
      )}
    </div>
  );
}

interface RowProps {
  readonly place: number;
  readonly suggestion: Suggestion;
  readonly active: boolean;
  readonly onPoint: (place: number) => void;
  readonly onChoose: (suggestion: Suggestion) => void;
}

function Row({ place, suggestion, active, onPoint, onChoose }: RowProps) {
  const { icon, label, detail, unavailable } = suggestion;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is in the composer
    // biome-ignore lint/a11y/useFocusableInteractive: the composer names the active one
    <div
      id={suggestionId(place)}
      class={active ? 'suggestion active' : 'suggestion'}
      role="option"
      aria-selected={active}
      aria-disabled={unavailable !== undefined}
      data-testid="suggestion"
      onPointerMove={() => onPoint(place)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(suggestion)}
    >
      <Icon name={icon} />
      <span class="suggestion-label">{label}</span>
      <span class="suggestion-detail">{unavailable ?? detail}</span>
    </div>
  );
}
