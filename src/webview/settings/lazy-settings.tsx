import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { stylesheet } from '../stylesheet.ts';
import type { SettingsPanelProps } from './settings-panel.tsx';

type Panel = ComponentType<SettingsPanelProps>;

let loading: Promise<Panel> | undefined;
let loaded: Panel | undefined;

/** The settings panel with its stylesheet, read when it is first opened. */
export function LazySettingsPanel(props: SettingsPanelProps) {
  const [Shown, setShown] = useState<Panel | undefined>(() => loaded);
  useEffect(() => {
    if (Shown !== undefined) return;
    loading ??= load();
    void loading.then((panel) => setShown(() => panel));
  }, []);
  return Shown === undefined ? null : <Shown {...props} />;
}

async function load(): Promise<Panel> {
  const [{ SettingsPanel }] = await Promise.all([import('./settings-panel.tsx'), stylesheet('settings.css')]);
  loaded = SettingsPanel;
  return SettingsPanel;
}
