import * as l10n from '@vscode/l10n';
import type { Ability } from '../../protocol/chat-view.ts';
import { Icon, type IconName } from '../icon.tsx';
import { memo } from '../memo.ts';
import type { Placed } from './arrange-models.ts';
import { abilityWords, allWords, figuresOf } from './model-words.ts';

interface ModelOptionProps {
  readonly id: string;
  readonly placed: Placed;
  readonly top: number;
  /** Its number and how many there are: only some of them are drawn. */
  readonly position: number;
  readonly count: number;
  /** Where the arrow keys are. */
  readonly active: boolean;
  /** The model in use. */
  readonly selected: boolean;
  readonly onChoose: (placed: Placed) => void;
  readonly onPin: (placed: Placed) => void;
  readonly onSettings: (placed: Placed) => void;
}

const abilityIcons: Readonly<Record<Ability, IconName>> = {
  images: 'file-media',
  tools: 'tools',
  reasoning: 'lightbulb',
  fim: 'code',
};

/** One row of the model list: name, what is known of it, and why it cannot be chosen where it cannot. */
export const ModelOption = memo((props: ModelOptionProps) => {
  const { id, placed, top, position, count, active, selected, onChoose } = props;
  const { model, pinned, hidden } = placed;
  const words = allWords(model, pinned, hidden);
  const isOff = model.unavailable !== undefined;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the search field, which points here with aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the search field's
    <div
      id={id}
      class={`option${active ? ' active' : ''}${hidden ? ' hidden-model' : ''}`}
      style={{ top: `${top}px` }}
      role="option"
      data-testid="model-option"
      data-model={model.ref}
      aria-selected={selected}
      aria-disabled={isOff}
      aria-posinset={position}
      aria-setsize={count}
      title={`${model.kind === undefined ? `${model.ref}\n` : ''}${words}`}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(placed)}
    >
      <span class="option-check">{selected && <Icon name="check" />}</span>
      <span class="option-name">
        {model.kind !== undefined && <Icon name={model.kind === 'auto' ? 'sparkle' : 'layers'} />}
        <span class="option-label">{model.label}</span>
        {pinned && <Marked icon="pinned" label={l10n.t('Pinned')} />}
        {hidden && <Marked icon="eye-closed" label={l10n.t('Hidden')} />}
      </span>
      <span class={isOff ? 'option-detail reason' : 'option-detail'}>
        {model.unavailable ?? [model.held ?? [], figuresOf(model)].flat().join(' · ')}
      </span>
      {!isOff && (
        <span class="option-abilities">
          {model.abilities?.map((ability) => (
            <Marked key={ability} icon={abilityIcons[ability]} label={abilityWords[ability]()} />
          ))}
        </span>
      )}
      {model.kind === undefined && <RowButtons {...props} />}
    </div>
  );
});

/** An icon that says something of the model, to those who hear it as well. */
function Marked({ icon, label }: { readonly icon: IconName; readonly label: string }) {
  return (
    <span title={label}>
      <Icon name={icon} />
      <span class="for-screen-reader">{label}</span>
    </span>
  );
}

/** For the pointer alone: by keyboard and for screen readers the buttons below the list do the same. */
function RowButtons({ placed, onPin, onSettings }: ModelOptionProps) {
  const act = (event: MouseEvent, action: (placed: Placed) => void) => {
    event.stopPropagation();
    action(placed);
  };
  return (
    <span class="option-buttons" aria-hidden="true">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hidden from the tree; see above */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <span
        class="icon-button"
        data-testid="option-pin"
        title={placed.pinned ? l10n.t('Unpin') : l10n.t('Pin')}
        onClick={(event) => act(event, onPin)}
      >
        <Icon name={placed.pinned ? 'pinned' : 'pin'} />
      </span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hidden from the tree; see above */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <span
        class="icon-button"
        data-testid="option-settings"
        title={l10n.t('Settings')}
        onClick={(event) => act(event, onSettings)}
      >
        <Icon name="gear" />
      </span>
    </span>
  );
}
