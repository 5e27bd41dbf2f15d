import * as l10n from '@vscode/l10n';
import type { BoardRow } from '../../protocol/chat-view.ts';

interface LeaderboardProps {
  /** What it is about, e.g. "code". */
  readonly kind: string;
  readonly board: readonly BoardRow[];
}

/** How the user's own votes at tasks of this kind add up. */
export function Leaderboard({ kind, board }: LeaderboardProps) {
  return (
    <table class="leaderboard" data-testid="leaderboard">
      <caption>{l10n.t('Your votes so far: {0}', kind)}</caption>
      <thead>
        <tr>
          <th scope="col">{l10n.t('Model')}</th>
          <th scope="col">{l10n.t('Won')}</th>
          <th scope="col">{l10n.t('Tied')}</th>
          <th scope="col">{l10n.t('Lost')}</th>
        </tr>
      </thead>
      <tbody>
        {board.map(({ model, won, tied, lost }) => (
          <tr key={model}>
            <th scope="row">{model}</th>
            <td>{won}</td>
            <td>{tied}</td>
            <td>{lost}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
