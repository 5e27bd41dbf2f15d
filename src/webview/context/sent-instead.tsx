import * as l10n from '@vscode/l10n';

/** What a command made of a message: folded, since the reader knows what they typed. */
export function SentInstead({ text }: { readonly text: string }) {
  return (
    <details class="sent-instead" data-testid="sent-instead">
      <summary>{l10n.t('What was sent')}</summary>
      <p class="sent-text">{text}</p>
    </details>
  );
}
