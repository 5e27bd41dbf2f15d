import * as vscode from 'vscode';
import { stringAt } from '../util/json.ts';
import type { ChatSession } from './chat-session.ts';
import type { Command } from './command.ts';

/** The commands that only bring the chat to the front and tell it something. */
export function chatCommands(session: ChatSession): readonly Command[] {
  return [
    {
      id: 'tutti.openChat',
      async run(argument) {
        const text = stringAt(argument, 'text');
        await show();
        session.whenDrawn({ type: 'focus-composer', ...(text !== undefined && { text }) });
      },
    },
    {
      id: 'tutti.newChat',
      async run() {
        await session.newChat();
        await show();
        session.whenDrawn({ type: 'focus-composer' });
      },
    },
    {
      id: 'tutti.modelSettings',
      async run(argument) {
        const model = stringAt(argument, 'model');
        if (model !== undefined && model !== (await session.currentModel())) {
          await vscode.commands.executeCommand('workbench.action.openSettings', 'tutti.models');
          return;
        }
        await show();
        session.whenDrawn({ type: 'open-settings' });
      },
    },
  ];
}

async function show(): Promise<void> {
  await vscode.commands.executeCommand('tutti.chat.focus');
}
