import * as vscode from 'vscode';
import { messageOf } from '../util/message-of.ts';
import type { Command } from './command.ts';
import type { Log } from './log.ts';

/** Puts the list of commands at work. A failure is shown as it is worded, and passed on to whoever called. */
export function registerCommands(commands: readonly Command[], log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    ...commands.map(({ id, run }) =>
      vscode.commands.registerCommand(id, async (argument: unknown) => {
        try {
          return await run(argument);
        } catch (error) {
          log.error(`${id}: ${messageOf(error)}`);
          void vscode.window.showErrorMessage(messageOf(error));
          throw error;
        }
      }),
    ),
  );
}
