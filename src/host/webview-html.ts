import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** One of the pages that dist/webview holds. */
export interface WebviewPage {
  readonly title: string;
  readonly script: string;
  readonly style: string;
}

/** The page of a webview: nothing inline, nothing remote, one script that carries the nonce. */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: WebviewPage): string {
  const file = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewFolder(extensionUri), name)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    "default-src 'none'",
    // Diagrams are shown as pictures, in which nothing runs and nothing is fetched.
    `img-src ${webview.cspSource} blob:`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    // A page cannot start a worker from the extension's folder, only from text it has read there.
    `connect-src ${webview.cspSource}`,
    'worker-src blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <link rel="stylesheet" href="${file(page.style)}">
  <title>${page.title}</title>
  <script type="application/json" id="translations">${json(vscode.l10n.bundle ?? {})}</script>
</head>
<body>
  <script type="module" nonce="${nonce}" src="${file(page.script)}"></script>
</body>
</html>`;
}

/** JSON that cannot end the element it stands in. */
const json = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** All that a page may load. */
export function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}
