import * as l10n from '@vscode/l10n';
import { sqliteCode } from '../store/when-free.ts';
import { messageOf } from '../util/message-of.ts';

/** Why a chat cannot be saved just now, and that nothing is lost by it. */
export function wordSavingTrouble(error: unknown): string {
  const code = sqliteCode(error);
  const next = l10n.t('What was kept before is safe; what is on the screen is tried again every few seconds.');
  return `${causes.get(code ?? -1)?.() ?? l10n.t('This chat cannot be saved just now: {0}', messageOf(error))} ${next}`;
}

const causes: ReadonlyMap<number, () => string> = new Map([
  [5, () => l10n.t('This chat cannot be saved just now: another program holds the database.')],
  [8, () => l10n.t('This chat cannot be saved just now: the database may not be written to.')],
  [10, () => l10n.t('This chat cannot be saved just now: the disk reports an error.')],
  [11, () => l10n.t('The database of chats is damaged. A new one is being made from what can be read of it.')],
  [13, () => l10n.t('This chat cannot be saved just now: the disk is full.')],
]);
