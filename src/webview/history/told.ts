import type { HistoryTold } from '../../protocol/history-view.ts';

/** What the host tells of the history goes past the chat's own state: only the open panel wants it. */
const listeners = new Set<(told: HistoryTold) => void>();

export function tellHistory(told: HistoryTold): void {
  for (const listener of listeners) listener(told);
}

export function onHistory(listener: (told: HistoryTold) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
