import * as l10n from '@vscode/l10n';
import { useActions } from '../actions.ts';
import { Icon, IconButton } from '../icon.tsx';
import type { Placed } from './arrange-models.ts';

interface ModelToolsProps {
  /** Where the arrow keys are. */
  readonly pointed: Placed | undefined;
  readonly hiddenCount: number;
  readonly showHidden: boolean;
  readonly onShowHidden: (show: boolean) => void;
  readonly onPin: (placed: Placed) => void;
  readonly onSettings: (placed: Placed) => void;
  readonly onAdd: () => void;
}

/** Below the list: what can be done with the model at the arrow keys, and with the list as a whole. */
export function ModelTools(props: ModelToolsProps) {
  const { pointed, hiddenCount, showHidden, onShowHidden, onPin, onSettings, onAdd } = props;
  const { post } = useActions();
  const single = pointed?.model.kind === undefined ? pointed : undefined;
  const name = single?.model.label ?? '';
  const move = (by: -1 | 1) => single && post({ type: 'move-pin', ref: single.model.ref, by });
  return (
    <div class="model-tools">
      {single && (
        <div class="model-tools-one" role="toolbar" aria-label={l10n.t('For {0}', name)}>
          <IconButton
            icon={single.pinned ? 'pinned' : 'pin'}
            label={single.pinned ? l10n.t('Unpin {0}', name) : l10n.t('Pin {0}', name)}
            testId="pin-model"
            pressed={single.pinned}
            onClick={() => onPin(single)}
          />
          {single.pinned && (
            <>
              <IconButton icon="arrow-up" label={l10n.t('Move {0} up', name)} onClick={() => move(-1)} />
              <IconButton icon="arrow-down" label={l10n.t('Move {0} down', name)} onClick={() => move(1)} />
            </>
          )}
          <IconButton
            icon={single.hidden ? 'eye' : 'eye-closed'}
            label={single.hidden ? l10n.t('Show {0} again', name) : l10n.t('Hide {0}', name)}
            testId="hide-model"
            onClick={() => post({ type: 'hide-model', ref: single.model.ref, on: !single.hidden })}
          />
          <IconButton
            icon="gear"
            label={l10n.t('Settings of {0}', name)}
            testId="settings-of-model"
            onClick={() => onSettings(single)}
          />
        </div>
      )}
      <span class="spring" />
      {(hiddenCount > 0 || showHidden) && (
        <button
          type="button"
          class="text-button"
          data-testid="show-hidden"
          aria-pressed={showHidden}
          onClick={() => onShowHidden(!showHidden)}
        >
          {showHidden ? l10n.t('Leave out hidden') : l10n.t('Show hidden ({0})', hiddenCount)}
        </button>
      )}
      <button type="button" class="text-button" onClick={onAdd}>
        <Icon name="add" />
        {l10n.t('Add a provider…')}
      </button>
    </div>
  );
}
