import * as vscode from 'vscode';

/** Opens a webview panel with one word in it. */
export function activate(context) {
  const status = vscode.window.createStatusBarItem();
  status.text = 'empty panel';
  status.show();
  const openPanel = () => {
    const options = { enableScripts: true };
    const panel = vscode.window.createWebviewPanel('tutti-test.panel', 'Empty', vscode.ViewColumn.Active, options);
    panel.webview.html = '<!DOCTYPE html><html lang="en"><body><p class="painted">empty</p></body></html>';
  };
  context.subscriptions.push(status, vscode.commands.registerCommand('tutti-test.openPanel', openPanel));
}
