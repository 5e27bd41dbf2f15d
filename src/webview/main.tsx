import './translations.ts';
import { render } from 'preact';
import type { FromWebview } from '../protocol/from-webview.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import { App, type PageCommand } from './app.tsx';
import { emptySession, receive } from './session.ts';
import { savedDraft } from './vscode-api.ts';

const vscode = acquireVsCodeApi();
const initialDraft = savedDraft(vscode.getState());
const onDraft = (draft: string): void => vscode.setState({ draft });
const post = (message: FromWebview): void => vscode.postMessage(message);

let session = emptySession;
let command: PageCommand | undefined;
let drawing = false;

/** At most once a frame, however many deltas arrive in it. */
function draw(): void {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (session.view === undefined) return;
    render(<App view={session.view} command={command} {...{ initialDraft, onDraft, post }} />, document.body);
  });
}

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  const before = session;
  session = receive(session, data);
  if (session.stale && !before.stale) post({ type: 'need-snapshot' });
  if (data.type === 'focus-composer' || data.type === 'open-settings') command = data;
  draw();
});
post({ type: 'need-snapshot' });
