import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CompletionEngine } from '../completion/engine.ts';
import type { Command } from './command.ts';
import { isEnabled, ownLanguages, setEnabled } from './completion-choices.ts';
import { showRecords } from './completion-records.ts';

/** The commands around ghost text. */
export function completionCommands(engine: CompletionEngine): readonly Command[] {
  return [
    { id: 'tutti.toggleCompletions', run: toggle },
    {
      id: 'tutti.triggerCompletion',
      run: () => vscode.commands.executeCommand('editor.action.inlineSuggest.trigger'),
    },
    {
      id: 'tutti.acceptCompletion',
      run: () => vscode.commands.executeCommand('editor.action.inlineSuggest.commit'),
    },
    {
      id: 'tutti.dismissCompletion',
      run() {
        engine.dismissed();
        return vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
      },
    },
    { id: 'tutti.showCompletionRecords', run: showRecords },
  ];
}

/** Turns them off or on: for the language in front if it has an entry of its own, else for all. */
async function toggle(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const place = { uri: document?.uri, languageId: document?.languageId };
  const own = document !== undefined && ownLanguages(place).includes(document.languageId);
  const language = own ? document.languageId : '*';
  const isOn = isEnabled(language, place);
  await setEnabled(language, !isOn, place);
  vscode.window.setStatusBarMessage(`Tutti: ${switched(!isOn, language)}`, 4000);
}

function switched(isOn: boolean, language: string): string {
  if (language === '*') return isOn ? l10n.t('Inline completions are on.') : l10n.t('Inline completions are off.');
  return isOn
    ? l10n.t('Inline completions are on for {0}.', language)
    : l10n.t('Inline completions are off for {0}.', language);
}
