import * as vscode from 'vscode';
import { messageOf } from '../util/message-of.ts';
import type { Command } from './command.ts';
import type { Log } from './log.ts';

/** Puts the list of commands at work. A failure is told as it is worded: to the user, or to the caller that gave an argument. */
export function registerCommands(commands: readonly Command[], log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    ...commands.map(({ id, run }) =>
      vscode.commands.registerCommand(id, async (argument: unknown, others: unknown) => {
        try {
          return await run(argument, others);
        } catch (error) {
          log.error(`${id}: ${messageOf(error)}`);
          // For a key or an extension with an argument, VS Code or that extension tells it; twice would be noise.
          if (argument !== undefined) throw error;
          void vscode.window.showErrorMessage(messageOf(error));
          return undefined;
        }
      }),
    ),
  );
}
