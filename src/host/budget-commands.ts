import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BudgetGate } from '../gateway/budget-gate.ts';
import type { BudgetNotice } from '../llm/budget-notice.ts';
import { wordBudget } from '../llm/word-budget.ts';
import { isObject, stringAt } from '../util/json.ts';
import type { Command } from './command.ts';

/** Lets one request past the budgets: `{chatId}` that chat's next one; else whichever is next to be stopped. */
export function allowOverBudgetCommand(gate: Pick<BudgetGate, 'allowOnce'>): Command {
  return {
    id: 'tutti.allowOverBudget',
    run: (argument) => {
      gate.allowOnce(isObject(argument) ? stringAt(argument, 'chatId') : undefined);
      if (argument === undefined) {
        void vscode.window.showInformationMessage(l10n.t('The next request may go over your budget.'));
      }
    },
  };
}

/** Waits for no answer: the request it is about goes on. */
export async function showBudgetWarning(notice: BudgetNotice): Promise<void> {
  const change = l10n.t('Change Budgets');
  const answer = await vscode.window.showWarningMessage(`Tutti: ${wordBudget(notice)}`, change);
  if (answer === change) await vscode.commands.executeCommand('workbench.action.openSettings', 'tutti.budget');
}
