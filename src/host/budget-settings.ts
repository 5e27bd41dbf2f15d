import * as vscode from 'vscode';
import type { BudgetSettings } from '../gateway/budget-limits.ts';

const section = 'tutti.budget';

/** The budgets as the user, or whoever administers the machine, has set them: no workspace has a say. */
export function readBudgetSettings(): BudgetSettings {
  const settings = vscode.workspace.getConfiguration(section);
  return {
    perDay: settings.get('perDay'),
    perMonth: settings.get('perMonth'),
    perChat: settings.get('perChat'),
    perProvider: settings.get('perProvider'),
  };
}

export function onDidChangeBudgets(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(section)) listener();
  });
}
