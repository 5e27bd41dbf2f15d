import * as l10n from '@vscode/l10n';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { HistoryAsk, HistoryItem } from '../../protocol/history-view.ts';
import { useActions } from '../actions.ts';
import { Icon, IconButton } from '../icon.tsx';
import { ageGroups } from './age-groups.ts';
import { HistoryRow } from './history-row.tsx';
import { useHistory } from './use-history.ts';

export interface HistoryPanelProps {
  readonly search: string;
  readonly onClose: () => void;
}

/** So long a deleted chat is offered back; the host waits a little longer. */
const undoMs = 8000;

/** All chats of all workspaces over the chat: searched, filtered, opened, named, pinned, deleted. */
export function HistoryPanel({ search: initialSearch, onClose }: HistoryPanelProps) {
  const { post, announce } = useActions();
  const [search, setSearch] = useState(initialSearch);
  const [workspace, setWorkspace] = useState('');
  const { state, more, change, remove } = useHistory(search, workspace);
  const [renaming, setRenaming] = useState<string>();
  const [deleted, setDeleted] = useState<HistoryItem>();
  const panel = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const end = useRef<HTMLButtonElement>(null);
  const ask = (what: HistoryAsk) => post({ type: 'history', ask: what });

  useEffect(() => setSearch(initialSearch), [initialSearch]);
  useLayoutEffect(() => field.current?.focus(), []);

  useEffect(() => {
    if (deleted === undefined) return;
    const timer = setTimeout(() => setDeleted(undefined), undoMs);
    return () => clearTimeout(timer);
  }, [deleted]);

  useEffect(() => {
    if (end.current === null) return;
    const sight = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) more();
    });
    sight.observe(end.current);
    return () => sight.disconnect();
  }, [state.items.length, more]);

  const titles = (): HTMLElement[] => [...(panel.current?.querySelectorAll<HTMLElement>('.history-open') ?? [])];
  const focusTitle = (chatId: string) =>
    panel.current?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(chatId)}"] .history-open`)?.focus();

  /** From the search field down through the titles and back. */
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const { target } = event;
    if (step === 0 || event.isComposing || !(target instanceof HTMLElement)) return;
    if (!target.classList.contains('history-open') && target !== field.current) return;
    event.preventDefault();
    const all = titles();
    const at = all.indexOf(target) + step;
    (at < 0 ? field.current : all[Math.min(at, all.length - 1)])?.focus();
  };

  const pin = (item: HistoryItem) => {
    change(item.chatId, { pinned: !item.pinned });
    ask({ kind: 'pin', chatId: item.chatId, pinned: !item.pinned });
    announce(item.pinned ? l10n.t('{0} is not pinned any more', item.title) : l10n.t('{0} is pinned', item.title));
  };
  const renamed = (item: HistoryItem, title: string | undefined) => {
    setRenaming(undefined);
    if (title !== undefined) {
      change(item.chatId, { title });
      ask({ kind: 'rename', chatId: item.chatId, title });
    }
    requestAnimationFrame(() => focusTitle(item.chatId));
  };
  const discard = (item: HistoryItem) => {
    const at = state.items.indexOf(item);
    const next = state.items[at + 1] ?? state.items[at - 1];
    remove(item.chatId);
    setDeleted(item);
    ask({ kind: 'delete', chatId: item.chatId });
    announce(l10n.t('{0} is deleted. It can be had back for some seconds.', item.title));
    requestAnimationFrame(() => (next ? focusTitle(next.chatId) : field.current?.focus()));
  };
  const restore = (item: HistoryItem) => {
    setDeleted(undefined);
    ask({ kind: 'restore', chatId: item.chatId });
    field.current?.focus();
  };

  const now = Date.now();
  return (
    <section class="history" ref={panel} aria-label={l10n.t('History')} data-testid="history" onKeyDown={onKeyDown}>
      <header class="history-header">
        <div class="search">
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            data-testid="history-search"
            aria-label={l10n.t('Search all chats')}
            placeholder={l10n.t('Search all chats')}
            autocomplete="off"
            spellcheck={false}
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
        <IconButton
          icon="desktop-download"
          label={l10n.t('Import chats…')}
          testId="history-import"
          onClick={() => ask({ kind: 'import' })}
        />
        <IconButton
          icon="export"
          label={l10n.t('Export all chats…')}
          testId="history-export-all"
          onClick={() => ask({ kind: 'export' })}
        />
        <IconButton icon="close" label={l10n.t('Close history')} testId="history-close" onClick={onClose} />
      </header>
      {state.workspaces.length > 0 && (
        <select
          class="history-workspace"
          data-testid="history-workspace"
          aria-label={l10n.t('Workspace')}
          value={workspace}
          onChange={(event) => setWorkspace(event.currentTarget.value)}
        >
          <option value="">{l10n.t('All workspaces')}</option>
          {state.workspaces.map(({ path, chats }) => (
            <option key={path} value={path}>
              {`${path} (${chats})`}
            </option>
          ))}
        </select>
      )}
      <div class="history-list">
        {state.problem !== undefined && <p role="alert">{state.problem}</p>}
        {state.note !== undefined && <p class="history-note">{state.note}</p>}
        {ageGroups(state.items, now).map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h2>{group.name}</h2>
            <ul>
              {group.items.map((item) => (
                <HistoryRow
                  key={item.chatId}
                  item={item}
                  search={search}
                  now={now}
                  renaming={renaming === item.chatId}
                  onOpen={() => {
                    ask({ kind: 'open', chatId: item.chatId });
                    onClose();
                  }}
                  onPin={() => pin(item)}
                  onRename={() => setRenaming(item.chatId)}
                  onRenamed={(title) => renamed(item, title)}
                  onExport={() => ask({ kind: 'export', chatId: item.chatId })}
                  onDelete={() => discard(item)}
                />
              ))}
            </ul>
          </section>
        ))}
        {state.items.length < state.total && (
          <button type="button" class="text-button history-more" ref={end} onClick={more}>
            {l10n.t('{0} more', state.total - state.items.length)}
          </button>
        )}
        {!state.isNew && state.items.length === 0 && state.problem === undefined && (
          <p class="options-empty" role="status">
            {search.trim() === '' ? l10n.t('No chats yet.') : l10n.t('No chat has these words.')}
          </p>
        )}
      </div>
      {deleted !== undefined && (
        <p class="history-undo" data-testid="history-undo">
          <span>{l10n.t('“{0}” is deleted.', deleted.title)}</span>
          <button type="button" class="button secondary" onClick={() => restore(deleted)}>
            {l10n.t('Undo')}
          </button>
        </p>
      )}
    </section>
  );
}
