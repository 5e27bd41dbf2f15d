import * as l10n from '@vscode/l10n';
import type { AttachmentView } from '../../protocol/chat-view.ts';
import { useActions } from '../actions.ts';
import { Icon, type IconName } from '../icon.tsx';
import { Thumbnail } from './thumbnail.tsx';

const icons: Readonly<Record<AttachmentView['kind'], IconName>> = {
  file: 'file',
  folder: 'folder',
  symbol: 'symbol-class',
  selection: 'selection',
  problems: 'warning',
  changes: 'diff',
  commit: 'git-commit',
  terminal: 'terminal',
  page: 'globe',
  image: 'file-media',
  cell: 'notebook',
};

interface AttachmentChipsProps {
  readonly attachments: readonly AttachmentView[];
  /** The message they went along with; absent = they go along with the next one, and can be taken away. */
  readonly messageId?: string;
}

/** What goes, or went, along with a message: what it is, how much it takes, what is missing of it. */
export function AttachmentChips({ attachments, messageId }: AttachmentChipsProps) {
  if (attachments.length === 0) return null;
  const label = messageId === undefined ? l10n.t('Attached to this message') : l10n.t('Was attached');
  return (
    <ul class="chips" aria-label={label} data-testid="attachments">
      {attachments.map((attachment) => (
        <Chip key={attachment.id} attachment={attachment} messageId={messageId} />
      ))}
    </ul>
  );
}

interface ChipProps {
  readonly attachment: AttachmentView;
  readonly messageId: string | undefined;
}

function Chip({ attachment, messageId }: ChipProps) {
  const { post, focusComposer } = useActions();
  const { id, kind, label, refused, cut, byDefault } = attachment;
  const detail = [tokensOf(attachment), cut].filter((part) => part !== undefined).join(' · ');
  const note = byDefault === true ? l10n.t('Follows the editor') : undefined;
  const title = [label, refused ?? detail, note].filter((part) => part !== undefined && part !== '').join('\n');
  const classes = ['chip', refused !== undefined && 'refused', byDefault === true && 'by-default'];
  return (
    <li class={classes.filter(Boolean).join(' ')} data-testid="attachment" data-kind={kind} title={title}>
      <button
        type="button"
        class="chip-open"
        disabled={refused !== undefined}
        onClick={() => post({ type: 'open-attachment', id, ...(messageId !== undefined && { messageId }) })}
      >
        {refused === undefined && kind === 'image' && attachment.tokens !== undefined ? (
          <Thumbnail id={id} />
        ) : (
          <Icon name={refused === undefined ? icons[kind] : 'error'} />
        )}
        <span class="chip-label">{label}</span>
        <span class="chip-detail">{refused ?? detail}</span>
      </button>
      {messageId === undefined && (
        <button
          type="button"
          class="icon-button chip-remove"
          aria-label={l10n.t('Remove {0}', label)}
          title={l10n.t('Remove')}
          onClick={() => {
            focusComposer();
            post({ type: 'detach', id });
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

/** Undefined = it is being read. */
function tokensOf({ tokens, refused }: AttachmentView): string | undefined {
  if (refused !== undefined) return undefined;
  if (tokens === undefined) return l10n.t('reading…');
  return tokens < 1000 ? `≈ ${tokens}` : `≈ ${Number((tokens / 1000).toFixed(1))}K`;
}
