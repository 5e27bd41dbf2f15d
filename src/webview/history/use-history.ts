import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { HistoryItem, HistoryTold, HistoryWorkspace } from '../../protocol/history-view.ts';
import { useActions } from '../actions.ts';
import { onHistory } from './told.ts';

export interface HistoryState {
  readonly items: readonly HistoryItem[];
  readonly total: number;
  readonly workspaces: readonly HistoryWorkspace[];
  readonly note?: string;
  readonly problem?: string;
  /** Nothing has been told yet. */
  readonly isNew: boolean;
}

const nothing: HistoryState = { items: [], total: 0, workspaces: [], isNew: true };
/** Between the keys of a word nothing is asked. */
const pauseMs = 120;

interface HistoryList {
  readonly state: HistoryState;
  /** Asks for what follows the last item. */
  readonly more: () => void;
  /** Changes what is shown of a chat, at once. */
  readonly change: (chatId: string, changes: Partial<HistoryItem>) => void;
  readonly remove: (chatId: string) => void;
}

/** The chats that match, a page after the other; asked again when the search changes or the host says so. */
export function useHistory(search: string, workspace: string): HistoryList {
  const { post } = useActions();
  const [state, setState] = useState(nothing);
  const number = useRef(0);
  const waiting = useRef(false);
  const shown = useRef(0);
  shown.current = state.items.length;

  const ask = useCallback(
    (offset: number) => {
      waiting.current = true;
      number.current++;
      const filter = workspace === '' ? {} : { workspace };
      post({ type: 'history', ask: { kind: 'list', number: number.current, search, offset, ...filter } });
    },
    [search, workspace, post],
  );

  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      ask(0);
      return;
    }
    const timer = setTimeout(() => ask(0), pauseMs);
    return () => clearTimeout(timer);
  }, [ask]);

  useEffect(
    () =>
      onHistory((told: HistoryTold) => {
        if (told.kind === 'changed') return ask(0);
        if (told.number !== number.current) return;
        waiting.current = false;
        if (told.kind === 'failed') return setState((before) => ({ ...before, isNew: false, problem: told.problem }));
        const { page } = told;
        setState((before) => ({
          items: page.offset === 0 ? page.items : withoutDoubles([...before.items, ...page.items]),
          total: page.total,
          workspaces: page.workspaces,
          isNew: false,
          ...(page.note !== undefined && { note: page.note }),
        }));
      }),
    [ask],
  );

  const more = useCallback(() => {
    if (!waiting.current) ask(shown.current);
  }, [ask]);
  const change = (chatId: string, changes: Partial<HistoryItem>) =>
    setState((before) => ({
      ...before,
      items: before.items.map((item) => (item.chatId === chatId ? { ...item, ...changes } : item)),
    }));
  const remove = (chatId: string) =>
    setState((before) => ({
      ...before,
      items: before.items.filter((item) => item.chatId !== chatId),
      total: Math.max(0, before.total - 1),
    }));
  return { state, more, change, remove };
}

/** A chat that was written in meanwhile has moved up, and comes again with a later page. */
function withoutDoubles(items: readonly HistoryItem[]): readonly HistoryItem[] {
  return [...new Map(items.map((item) => [item.chatId, item])).values()];
}
