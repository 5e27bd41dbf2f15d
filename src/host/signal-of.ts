import type { CancellationToken } from 'vscode';

/** VS Code's way to cancel as the platform's; a token that is cancelled already aborts a moment later. */
export function signalOf(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
