import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { HistoryItem } from '../../protocol/history-view.ts';
import { Icon, IconButton } from '../icon.tsx';
import { language, numbers } from '../in-language.ts';
import { whenText } from './age-groups.ts';
import { Marked } from './marked.tsx';

interface HistoryRowProps {
  readonly item: HistoryItem;
  readonly search: string;
  readonly now: number;
  readonly renaming: boolean;
  readonly onOpen: () => void;
  readonly onPin: () => void;
  readonly onRename: () => void;
  /** undefined = the title stays. */
  readonly onRenamed: (title: string | undefined) => void;
  readonly onExport: () => void;
  readonly onDelete: () => void;
}

/** A chat in the list. On its title Enter opens it, F2 renames it, Delete deletes it. */
export function HistoryRow(props: HistoryRowProps) {
  const { item, search, now, renaming, onOpen, onPin, onRename, onExport, onDelete } = props;
  const name = item.title === '' ? l10n.t('Untitled') : item.title;
  return (
    <li class={`history-item ${item.current ? 'current' : ''}`} data-testid="history-item" data-chat={item.chatId}>
      {renaming ? (
        <TitleField {...props} />
      ) : (
        <button
          type="button"
          class="history-open"
          aria-current={item.current}
          aria-keyshortcuts="F2 Delete"
          onClick={onOpen}
          onKeyDown={(event) => {
            if (event.key === 'F2') onRename();
            else if (event.key === 'Delete') onDelete();
            else return;
            event.preventDefault();
          }}
        >
          <span class="history-line">
            {item.pinned && <Icon name="pinned" />}
            <span class="history-title" dir="auto">
              <Marked text={name} search={search} />
            </span>
            <time class="history-time" dateTime={new Date(item.updatedAt).toISOString()}>
              {whenText(item.updatedAt, now, language())}
            </time>
          </span>
          <span class="history-facts">{factsOf(item).join(' · ')}</span>
          {item.excerpt !== undefined && (
            <span class="history-excerpt" dir="auto">
              <Marked text={item.excerpt} search={search} />
            </span>
          )}
        </button>
      )}
      <span class="history-actions">
        <IconButton
          icon={item.pinned ? 'pinned' : 'pin'}
          label={item.pinned ? l10n.t('Unpin {0}', name) : l10n.t('Pin {0}', name)}
          testId="history-pin"
          pressed={item.pinned}
          onClick={onPin}
        />
        <IconButton icon="edit" label={l10n.t('Rename {0}', name)} testId="history-rename" onClick={onRename} />
        <IconButton icon="export" label={l10n.t('Export {0}', name)} testId="history-export" onClick={onExport} />
        <IconButton icon="trash" label={l10n.t('Delete {0}', name)} testId="history-delete" onClick={onDelete} />
      </span>
    </li>
  );
}

function factsOf(item: HistoryItem): readonly string[] {
  const folder = item.workspace
    ?.replace(/\.code-workspace$/, '')
    .split(/[/\\]/)
    .filter((part) => part !== '')
    .at(-1);
  return [
    ...(folder === undefined ? [] : [folder]),
    ...(item.model === undefined ? [] : [item.model]),
    item.messages === 1 ? l10n.t('1 message') : l10n.t('{0} messages', item.messages),
    ...(item.branches > 1 ? [l10n.t('{0} branches', item.branches)] : []),
    ...(item.cost ? [money(item.cost)] : []),
  ];
}

const wholeSums = numbers({ style: 'currency', currency: 'USD' });
const smallSums = numbers({ style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });
const money = (dollars: number): string => (dollars < 1 ? smallSums : wholeSums)(dollars);

function TitleField({ item, onRenamed }: HistoryRowProps) {
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  // Before the next key can be pressed.
  useLayoutEffect(() => field.current?.select(), []);
  const end = (title: string | undefined) => {
    // Whatever takes the field away makes it lose the focus once more.
    if (isOver.current) return;
    isOver.current = true;
    onRenamed(title === undefined || title.trim() === '' || title === item.title ? undefined : title.trim());
  };
  return (
    <input
      ref={field}
      type="text"
      class="history-title-field"
      data-testid="history-title"
      aria-label={l10n.t('Title')}
      maxLength={200}
      defaultValue={item.title}
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter') end(event.currentTarget.value);
        else if (event.key === 'Escape') end(undefined);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
