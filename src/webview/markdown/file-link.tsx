import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useActions } from '../actions.ts';
import { type FilePlace, readFilePlace } from './file-place.ts';
import { isKnownFile, watchFile } from './known-files.ts';

interface FileLinkProps {
  /** What may name a file, e.g. `src/a.ts:12`. */
  readonly text: string;
  readonly children?: ComponentChildren;
}

/** Opens a file of the workspace in the editor. What names none is shown as it is. */
export function FileLink({ text, children }: FileLinkProps) {
  const place = readFilePlace(text);
  return place === undefined ? <span>{children}</span> : <PerhapsFile place={place}>{children}</PerhapsFile>;
}

function PerhapsFile({ place, children }: { readonly place: FilePlace; readonly children?: ComponentChildren }) {
  const { post } = useActions();
  const [isFile, setIsFile] = useState(isKnownFile(place.path));
  useEffect(() => {
    setIsFile(isKnownFile(place.path));
    return watchFile(place.path, post, () => setIsFile(true));
  }, [place.path]);
  if (!isFile) return <span>{children}</span>;
  return (
    <Opener title={l10n.t('Open {0}', place.path)} onOpen={() => post({ type: 'open-file', ...place })}>
      {children}
    </Opener>
  );
}

interface OpenerProps {
  readonly title: string;
  readonly quiet?: boolean;
  readonly onOpen: () => void;
  readonly children?: ComponentChildren;
}

/** Something in a text that opens a place in the editor, by click or Enter. */
export function Opener({ title, quiet, onOpen, children }: OpenerProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an anchor with an address would navigate
    <span
      class={quiet ? 'quiet-link' : 'link'}
      role="link"
      tabIndex={0}
      title={title}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onOpen();
      }}
    >
      {children}
    </span>
  );
}
