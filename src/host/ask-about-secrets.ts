import { window } from 'vscode';
import type { ModelRef } from '../llm/model-ref.ts';

const remove = 'Take Out and Send';
const send = 'Send as It Is';

/** What to do with secrets in a message; whoever closes the question sends nothing. */
export async function askAboutSecrets(kinds: readonly string[], model: ModelRef): Promise<'remove' | 'send' | 'stop'> {
  const answer = await window.showWarningMessage(
    `What goes to ${model} holds a secret: ${kinds.join(', ')}.`,
    { modal: true, detail: 'Your answer holds for this chat. The setting is tutti.privacy.secrets.' },
    remove,
    send,
  );
  if (answer === remove) return 'remove';
  return answer === send ? 'send' : 'stop';
}
