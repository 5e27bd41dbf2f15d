import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The page of the chat webview: nothing inline, nothing remote, one script that carries the nonce. */
export function chatHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const file = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', ...path)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <link rel="stylesheet" href="${file('chat.css')}">
  <title>Tutti</title>
</head>
<body>
  <script nonce="${nonce}" src="${file('main.js')}"></script>
</body>
</html>`;
}
