import './translations.ts';
import { render } from 'preact';
import type { FromWebview } from '../protocol/from-webview.ts';
import type { ModelSettingsView } from '../protocol/model-settings-view.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import { App, type PageCommand } from './app.tsx';
import type { SuggestionsAnswer } from './composer/use-suggestions.ts';
import { tellHistory } from './history/told.ts';
import { warmUp } from './markdown/warm-up.ts';
import { emptySession, receive } from './session.ts';
import { savedDraft } from './vscode-api.ts';

const vscode = acquireVsCodeApi();
const initialDraft = savedDraft(vscode.getState());
let draft = initialDraft;
const keepState = (): void => vscode.setState({ draft, ...(session.view && { chatId: session.view.chatId }) });
const onDraft = (written: string): void => {
  draft = written;
  keepState();
};
const post = (message: FromWebview): void => vscode.postMessage(message);

let session = emptySession;
let command: PageCommand | undefined;
let modelSettings: ModelSettingsView | undefined;
let suggestions: SuggestionsAnswer | undefined;
let drawing = false;

/** At most once a frame, however many deltas arrive in it. */
function draw(): void {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (session.view === undefined) return;
    render(
      <App view={session.view} {...{ command, modelSettings, suggestions, initialDraft, onDraft, post }} />,
      document.body,
    );
  });
}

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  const before = session;
  session = receive(session, data);
  if (session.view?.chatId !== before.view?.chatId) keepState();
  if (session.stale && !before.stale) post({ type: 'need-snapshot' });
  switch (data.type) {
    case 'focus-composer':
    case 'open-settings':
    case 'open-history':
    case 'choose-compared':
      command = data;
  }
  if (data.type === 'history') return tellHistory(data.told);
  if (data.type === 'model-settings') modelSettings = data.view;
  // Several may come within a frame, and not in their order.
  if (data.type === 'suggestions' && data.id > (suggestions?.id ?? 0)) suggestions = data;
  draw();
});
window.addEventListener('focusin', ({ isTrusted, relatedTarget }) => {
  // From outside of the page, not from one of its fields to another.
  if (isTrusted && relatedTarget === null) post({ type: 'focused' });
});
post({ type: 'need-snapshot' });
warmUp();
