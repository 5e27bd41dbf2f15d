import * as l10n from '@vscode/l10n';
import type { Attachment, Cut } from '../context/attachment.ts';
import type { AttachmentView } from '../protocol/chat-view.ts';

/** An attachment as a chip shows it. */
export function attachmentView({ id, kind, label, tokens, uri, cut }: Attachment): AttachmentView {
  return {
    id,
    kind,
    label,
    tokens,
    ...(uri !== undefined && { uri }),
    ...(cut && { cut: wordCut(cut) }),
  };
}

function wordCut({ unit, kept, of }: Cut): string {
  switch (unit) {
    case 'lines':
      return l10n.t('{0} of {1} lines', kept, of);
    case 'files':
      return l10n.t('{0} of {1} files', kept, of);
    case 'problems':
      return l10n.t('{0} of {1} problems', kept, of);
    case 'characters':
      return l10n.t('{0} of {1} characters', kept, of);
  }
}
