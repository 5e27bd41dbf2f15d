import * as l10n from '@vscode/l10n';

interface NothingUsedProps {
  readonly everUsed: boolean;
  readonly showAll: () => void;
}

/** In the place of the charts where there is nothing to draw. */
export function NothingUsed({ everUsed, showAll }: NothingUsedProps) {
  if (everUsed) {
    return (
      <div class="nothing" data-testid="nothing">
        <h2>{l10n.t('No requests here')}</h2>
        <p>{l10n.t('Nothing was asked in this range, of this model or for this role.')}</p>
        <button type="button" class="button" onClick={showAll}>
          {l10n.t('Show Everything')}
        </button>
      </div>
    );
  }
  return (
    <div class="nothing" data-testid="nothing">
      <h2>{l10n.t('Nothing was asked yet')}</h2>
      <p>
        {l10n.t(
          'Every request to a model is counted here: what it cost, how long it took and whether it worked. The numbers stay on this machine; no text of yours is kept with them.',
        )}
      </p>
    </div>
  );
}
