import type { FromWebview } from '../protocol/from-webview.ts';

/** What the page keeps while it is hidden or loaded anew. */
export interface SavedState {
  readonly draft: string;
  /** The chat it shows: what a tab goes on with when the window is loaded anew. */
  readonly chatId?: string;
}

/** What VS Code gives a webview's page. */
export interface VsCodeApi<Message, State> {
  postMessage(message: Message): void;
  /** Unknown: an older version of the page may have written it. */
  getState(): unknown;
  setState(state: State): void;
}

declare global {
  /** May be called once. */
  function acquireVsCodeApi<Message = FromWebview, State = SavedState>(): VsCodeApi<Message, State>;
}

export function savedDraft(state: unknown): string {
  const draft = typeof state === 'object' && state !== null && 'draft' in state ? state.draft : undefined;
  return typeof draft === 'string' ? draft : '';
}
