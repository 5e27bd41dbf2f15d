import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import type { ModelRef } from '../llm/model-ref.ts';

/** What to do with secrets in a message; whoever closes the question sends nothing. */
export async function askAboutSecrets(kinds: readonly string[], model: ModelRef): Promise<'remove' | 'send' | 'stop'> {
  const remove = l10n.t('Take Out and Send');
  const send = l10n.t('Send as It Is');
  const answer = await window.showWarningMessage(
    l10n.t('What goes to {0} holds a secret: {1}.', model, kinds.join(', ')),
    { modal: true, detail: l10n.t('Your answer holds for this chat. The setting is tutti.privacy.secrets.') },
    remove,
    send,
  );
  if (answer === remove) return 'remove';
  return answer === send ? 'send' : 'stop';
}
