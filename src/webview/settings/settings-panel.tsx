import * as l10n from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ModelSettingsView, SettingName } from '../../protocol/model-settings-view.ts';
import { useActions } from '../actions.ts';
import { Icon, IconButton } from '../icon.tsx';
import { useDismiss } from '../popup.ts';
import { Learned } from './learned.tsx';
import { RequestPreview } from './request-preview.tsx';
import { SettingField } from './setting-field.tsx';

export interface SettingsPanelProps {
  /** Absent while the host looks for them. */
  readonly settings: ModelSettingsView | undefined;
  /** Whose settings were asked for. */
  readonly label: string;
  readonly opener: RefObject<HTMLButtonElement | null>;
  /** The user went elsewhere: focus stays where they put it. */
  readonly onDismiss: () => void;
  readonly onClose: () => void;
}

const factNames: ReadonlySet<SettingName> = new Set(['contextWindow', 'outputLimit', 'images', 'price']);

/** All that can be set for one model, and the request that comes of it. */
export function SettingsPanel({ settings, label, opener, onDismiss, onClose }: SettingsPanelProps) {
  const { post } = useActions();
  const panel = useRef<HTMLDivElement>(null);
  useDismiss(panel, opener, onDismiss);
  const focusFirst = () => {
    const first = panel.current?.querySelector<HTMLElement>(
      '.settings-rows :is(input:not([type=range]), select, textarea)',
    );
    (first ?? panel.current)?.focus();
  };
  useLayoutEffect(focusFirst, [settings?.model]);
  const isSet = settings?.rows.some(({ value }) => value !== null) ?? false;
  return (
    <div
      class="popup settings"
      ref={panel}
      role="dialog"
      tabIndex={-1}
      aria-labelledby="settings-title"
      data-testid="settings-panel"
      data-model={settings?.model}
    >
      <header class="popup-header">
        <h2 id="settings-title">
          <strong>{settings?.label ?? label}</strong> {settings && <span class="dim">{settings.provider}</span>}
        </h2>
        {isSet && settings && (
          <button
            type="button"
            class="text-button"
            data-testid="reset-settings"
            onClick={() => {
              post({ type: 'reset-settings', model: settings.model });
              focusFirst();
            }}
          >
            <Icon name="discard" />
            {l10n.t('Reset all')}
          </button>
        )}
        <IconButton icon="close" label={l10n.t('Close settings')} onClick={onClose} />
      </header>
      {settings?.unavailable !== undefined && (
        <p class="settings-unavailable">
          <Icon name="warning" /> {settings.unavailable}
        </p>
      )}
      {settings && (
        <div class="settings-parts">
          <div class="settings-rows">
            <h3>{l10n.t('Sent with every request')}</h3>
            <Fields settings={settings} of={(name) => !factNames.has(name)} />
            <h3>{l10n.t('What is known of it')}</h3>
            <Fields settings={settings} of={(name) => factNames.has(name)} />
            {settings.learned.length > 0 && (
              <Learned model={settings.model} lessons={settings.learned} onUndo={focusFirst} />
            )}
          </div>
          <RequestPreview key={settings.model} preview={settings.preview} />
        </div>
      )}
    </div>
  );
}

function Fields({
  settings: { model, rows },
  of,
}: {
  readonly settings: ModelSettingsView;
  readonly of: (name: SettingName) => boolean;
}) {
  return rows
    .filter(({ name }) => of(name))
    .map((row) => <SettingField key={`${model} ${row.name}`} model={model} row={row} />);
}
