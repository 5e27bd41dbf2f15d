import * as vscode from 'vscode';
import type { CompletionEngine } from '../completion/engine.ts';
import { isObject, numberAt } from '../util/json.ts';
import type { Command } from './command.ts';
import { recordsUri } from './completion-records.ts';

/** The commands around ghost text. */
export function completionCommands(engine: CompletionEngine): readonly Command[] {
  return [
    { id: 'tutti.toggleCompletions', run: toggle },
    {
      id: 'tutti.snoozeCompletions',
      async run(argument) {
        const minutes = numberAt(argument, 'minutes') ?? (await askForMinutes());
        if (minutes !== undefined) engine.snooze(minutes === 0 ? 0 : Date.now() + minutes * 60_000);
      },
    },
    {
      id: 'tutti.triggerCompletion',
      run: () => vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'),
    },
    {
      id: 'tutti.explainCompletion',
      async run(): Promise<string> {
        const reason = engine.explain();
        void tell(reason);
        return reason;
      },
    },
  ];
}

/** Turns them off or on: for the language in front if it has an entry of its own, else for all. */
async function toggle(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('tutti.completion');
  const mine = settings.inspect<unknown>('enabled')?.globalValue;
  const before = isObject(mine) ? mine : {};
  const language = vscode.window.activeTextEditor?.document.languageId ?? '*';
  const key = language in before ? language : '*';
  const isOn = (before[key] ?? true) === true;
  await settings.update('enabled', { ...before, [key]: !isOn }, vscode.ConfigurationTarget.Global);
  const where = key === '*' ? '' : ` for ${key}`;
  vscode.window.setStatusBarMessage(`Tutti: inline completions are ${isOn ? 'off' : 'on'}${where}.`, 4000);
}

async function askForMinutes(): Promise<number | undefined> {
  const choices = [
    { label: '5 minutes', minutes: 5 },
    { label: '15 minutes', minutes: 15 },
    { label: '1 hour', minutes: 60 },
    { label: '8 hours', minutes: 480 },
    { label: 'Wake them up', minutes: 0 },
  ];
  const choice = await vscode.window.showQuickPick(choices, {
    title: 'Snooze Inline Completions',
    placeHolder: 'No automatic suggestions for…',
  });
  return choice?.minutes;
}

async function tell(reason: string): Promise<void> {
  const choice = await vscode.window.showInformationMessage(reason, 'Last Requests');
  if (choice) await vscode.window.showTextDocument(recordsUri, { preview: true });
}
