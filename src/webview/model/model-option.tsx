import type { ModelView } from '../../protocol/chat-view.ts';
import { Icon } from '../icon.tsx';
import { memo } from '../memo.ts';

interface ModelOptionProps {
  readonly id: string;
  readonly model: ModelView;
  /** Where the arrow keys are. */
  readonly active: boolean;
  /** The model in use. */
  readonly selected: boolean;
  readonly onChoose: (model: ModelView) => void;
}

/** One row of the model list: name, what is known of it, and why it cannot be chosen where it cannot. */
export const ModelOption = memo(({ id, model, active, selected, onChoose }: ModelOptionProps) => (
  // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the search field, which points here with aria-activedescendant
  // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the search field's
  <div
    id={id}
    class={active ? 'option active' : 'option'}
    role="option"
    data-testid="model-option"
    data-model={model.ref}
    aria-selected={selected}
    aria-disabled={model.unavailable !== undefined}
    title={`${model.ref}\n${model.unavailable ?? model.detail}`}
    onPointerDown={(event) => event.preventDefault()}
    onClick={() => onChoose(model)}
  >
    <span class="option-check">{selected && <Icon name="check" />}</span>
    <span class="option-label">{model.label}</span>
    <span class="option-detail">{model.unavailable ?? model.detail}</span>
  </div>
));
