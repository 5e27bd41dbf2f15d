import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { HistoryPanelProps } from './history-panel.tsx';

/** The list of all chats; its code is read when it is first opened. */
export function HistoryDoor(props: HistoryPanelProps) {
  const [Panel, setPanel] = useState<ComponentType<HistoryPanelProps>>();
  useEffect(() => {
    let isThere = true;
    void import('./history-panel.tsx').then(({ HistoryPanel }) => isThere && setPanel(() => HistoryPanel));
    return () => {
      isThere = false;
    };
  }, []);
  return Panel === undefined ? null : <Panel {...props} />;
}
