import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ModelView, SettingsView } from '../../protocol/chat-view.ts';
import { IconButton } from '../icon.tsx';
import { useDismiss } from '../popup.ts';
import { Learned } from './learned.tsx';
import { SettingField } from './setting-field.tsx';
import { settingRows } from './setting-rules.ts';

interface SettingsPanelProps {
  readonly settings: SettingsView;
  readonly model: ModelView;
  readonly opener: RefObject<HTMLButtonElement | null>;
  /** The user went elsewhere: focus stays where they put it. */
  readonly onDismiss: () => void;
  readonly onClose: () => void;
}

/** What is sent along with every request to the model in use. */
export function SettingsPanel({ settings, model, opener, onDismiss, onClose }: SettingsPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  useDismiss(panel, opener, onDismiss);
  const focusFirst = () => panel.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  useLayoutEffect(focusFirst, []);
  return (
    <div class="popup settings" ref={panel} role="dialog" aria-labelledby="settings-title" data-testid="settings-panel">
      <header class="popup-header">
        <h2 id="settings-title">
          Settings of <strong>{model.label}</strong>
        </h2>
        <IconButton icon="close" label="Close settings" onClick={onClose} />
      </header>
      <div class="settings-rows">
        {settingRows.map((row) => (
          <SettingField
            key={`${settings.model} ${row.name}`}
            row={row}
            value={settings[row.name]}
            choices={row.kind === 'choice' ? settings.reasoningEfforts : []}
          />
        ))}
        {settings.learned.length > 0 && <Learned lessons={settings.learned} onUndo={focusFirst} />}
      </div>
    </div>
  );
}
