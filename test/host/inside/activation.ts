// Runs in the extension host: what it says of Tutti once it has had the time to start by itself.
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';

export interface Activation {
  readonly installed: boolean;
  readonly active: boolean;
  /** Commands of Tutti that are registered now. */
  readonly commands: readonly string[];
}

export default async function (): Promise<Activation> {
  const tutti = vscode.extensions.getExtension('tutti.tutti');
  for (const deadline = Date.now() + 20_000; tutti?.isActive === false && Date.now() < deadline; ) await pause(50);
  const commands = await vscode.commands.getCommands(true);
  return {
    installed: tutti !== undefined,
    active: tutti?.isActive === true,
    commands: commands.filter((name) => name.startsWith('tutti.')),
  };
}
