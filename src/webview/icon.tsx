/** Icons of the codicon font; `styles/icons.css` has a line for each. */
export type IconName =
  | 'add'
  | 'arrow-down'
  | 'arrow-swap'
  | 'arrow-up'
  | 'check'
  | 'chevron-down'
  | 'chevron-left'
  | 'chevron-right'
  | 'close'
  | 'code'
  | 'copy'
  | 'debug-stop'
  | 'desktop-download'
  | 'diff'
  | 'discard'
  | 'edit'
  | 'edit-code'
  | 'error'
  | 'export'
  | 'eye'
  | 'eye-closed'
  | 'file'
  | 'file-media'
  | 'files'
  | 'folder'
  | 'gear'
  | 'git-commit'
  | 'globe'
  | 'history'
  | 'info'
  | 'insert'
  | 'layers'
  | 'lightbulb'
  | 'new-file'
  | 'notebook'
  | 'pin'
  | 'pinned'
  | 'refresh'
  | 'repo-forked'
  | 'search'
  | 'selection'
  | 'send'
  | 'sparkle'
  | 'split-horizontal'
  | 'symbol-class'
  | 'terminal'
  | 'thumbsup'
  | 'tools'
  | 'trash'
  | 'warning'
  | 'word-wrap';

/** Decoration only: what it stands for is said in words by the control it is in. */
export function Icon({ name }: { readonly name: IconName }) {
  return <span class={`icon icon-${name}`} aria-hidden="true" />;
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly testId?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

/** A button that shows only an icon; its name is in the tooltip and for screen readers. */
export function IconButton({ icon, label, testId, disabled, pressed, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      data-testid={testId}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
