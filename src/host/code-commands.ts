import type { CodeTask } from './add-to-chat.ts';
import type { ChatPlaces } from './chat-places.ts';
import type { Command } from './command.ts';

const tasks: readonly (readonly [Command['id'], CodeTask])[] = [
  ['tutti.explainCode', 'explain'],
  ['tutti.fixCode', 'fix'],
  ['tutti.writeTests', 'tests'],
  ['tutti.documentCode', 'document'],
];

/** The commands that take code from an editor or the explorer to the chat; read when the first of them is used. */
export function codeCommands(places: () => Promise<ChatPlaces>): readonly Command[] {
  const load = () => import('./add-to-chat.ts');
  return [
    {
      id: 'tutti.addSelectionToChat',
      run: async (argument) => (await load()).addSelectionToChat(await places(), argument),
    },
    {
      id: 'tutti.addFileToChat',
      run: async (argument, others) => (await load()).addFileToChat(await places(), argument, others),
    },
    ...tasks.map(([id, task]) => ({
      id,
      run: async (argument: unknown) => (await load()).askAboutCode(await places(), task, argument),
    })),
  ];
}
