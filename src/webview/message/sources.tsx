import * as l10n from '@vscode/l10n';
import type { SourceView } from '../../protocol/chat-view.ts';
import { Link } from '../markdown/link.tsx';

/** What the reply refers to, folded: addresses are only opened by the user. */
export function Sources({ sources }: { readonly sources: readonly SourceView[] }) {
  return (
    <details class="sources" data-testid="sources">
      <summary>{sources.length === 1 ? l10n.t('1 source') : l10n.t('{0} sources', sources.length)}</summary>
      <ol>
        {sources.map(({ url, title }) => (
          <li key={url}>
            <Link url={url}>{title}</Link> <span class="source-host">{URL.parse(url)?.host}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
