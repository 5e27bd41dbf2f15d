import * as l10n from '@vscode/l10n';
import type { ChatRow } from './chat-saver.ts';
import type { Turn } from './turn.ts';

/** A chat of its own that begins with `path`: copies, so that neither changes with the other. */
export function forkChat(
  from: ChatRow,
  path: readonly Turn[],
): { readonly chat: ChatRow; readonly turns: readonly Turn[] } {
  const ids = new Map(path.map((turn) => [turn.id, crypto.randomUUID()]));
  const turns = path.map((turn): Turn => {
    const { parentId, ...own } = turn;
    const parent = parentId === undefined ? undefined : ids.get(parentId);
    return { ...own, id: ids.get(turn.id) ?? turn.id, ...(parent !== undefined && { parentId: parent }) };
  });
  const now = Date.now();
  const head = turns.at(-1)?.id;
  const { queue: _, head: __, ...kept } = from;
  return {
    chat: {
      ...kept,
      id: crypto.randomUUID(),
      title: l10n.t('{0} (fork)', from.title),
      createdAt: now,
      updatedAt: now,
      ...(head !== undefined && { head }),
    },
    turns,
  };
}
