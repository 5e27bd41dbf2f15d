import * as vscode from 'vscode';

/** Has the same suggestion for everything, at once. */
export function activate(context) {
  const provideInlineCompletionItems = (_document, position) => [
    new vscode.InlineCompletionItem('lpha(1);', new vscode.Range(position, position)),
  ];
  const status = vscode.window.createStatusBarItem();
  status.text = 'empty provider';
  status.show();
  context.subscriptions.push(
    status,
    vscode.languages.registerInlineCompletionItemProvider({ scheme: 'file' }, { provideInlineCompletionItems }),
  );
}
