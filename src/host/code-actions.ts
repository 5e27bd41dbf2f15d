import * as l10n from '@vscode/l10n';
import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  CodeActionTriggerKind,
  type Diagnostic,
  type Disposable,
  languages,
  type Range,
  type TextDocument,
} from 'vscode';
import { type HiddenBecause, isHidden, isSource } from './allowed-files.ts';
import type { Command } from './command.ts';

/** Lines around a problem that a model sees with it. */
const around = 20;

/**
 * "Fix with Tutti" where there are problems, and on request what else can be done with a selection: fixes and comments are
 * written in place, up for review. Only offers: what does it is loaded when one is chosen. Files no model may see are offered nothing.
 */
export function registerCodeActions(hiddenBecause: HiddenBecause): Disposable {
  const provider: CodeActionProvider = {
    async provideCodeActions(document, range, context) {
      if (!isSource(document.uri) || (await isHidden(document.uri, hiddenBecause))) return [];
      return [...fixes(document, context), ...forSelection(document, range, context)];
    },
  };
  const providedCodeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite];
  return languages.registerCodeActionsProvider({ pattern: '**' }, provider, { providedCodeActionKinds });
}

function fixes(document: TextDocument, { diagnostics }: CodeActionContext): readonly CodeAction[] {
  if (diagnostics.length === 0) return [];
  const code = codeAround(document, diagnostics);
  return [
    actionFor('tutti.inlineEdit', l10n.t('Fix with Tutti'), { task: 'fix', lines: code.problems }),
    actionFor('tutti.fixCode', l10n.t('Fix with Tutti in the Chat'), code),
  ].map((action) => {
    action.kind = CodeActionKind.QuickFix;
    action.diagnostics = [...diagnostics];
    return action;
  });
}

/** Not by itself: a light bulb at every selection would be noise. */
function forSelection(document: TextDocument, range: Range, { triggerKind }: CodeActionContext): readonly CodeAction[] {
  if (range.isEmpty || triggerKind !== CodeActionTriggerKind.Invoke) return [];
  const last = range.end.character === 0 && range.end.line > range.start.line ? range.end.line : range.end.line + 1;
  const code = { uri: document.uri.toString(), lines: { first: range.start.line + 1, last } };
  return [
    actionFor('tutti.explainCode', l10n.t('Explain with Tutti'), code),
    actionFor('tutti.writeTests', l10n.t('Write Tests with Tutti'), code),
    actionFor('tutti.inlineEdit', l10n.t('Document with Tutti'), { task: 'document', lines: code.lines }),
  ];
}

function actionFor(command: Command['id'], title: string, argument: unknown): CodeAction {
  const action = new CodeAction(title, CodeActionKind.RefactorRewrite);
  action.command = { command, title, arguments: [argument] };
  return action;
}

function codeAround({ uri, lineCount }: TextDocument, diagnostics: readonly Diagnostic[]) {
  const first = Math.min(...diagnostics.map(({ range }) => range.start.line)) + 1;
  const last = Math.max(...diagnostics.map(({ range }) => range.end.line)) + 1;
  return {
    uri: uri.toString(),
    lines: { first: Math.max(1, first - around), last: Math.min(lineCount, last + around) },
    problems: { first, last },
  };
}
