import '../translations.ts';
import { render } from 'preact';
import type { UsageFromWebview } from '../../protocol/usage-from-webview.ts';
import type { UsageToWebview } from '../../protocol/usage-to-webview.ts';
import type { UsageFilterView, UsageView } from '../../protocol/usage-view.ts';
import { UsagePage } from './usage-page.tsx';
import { readWishes, type Wishes } from './wishes.ts';

const vscode = acquireVsCodeApi<UsageFromWebview, Wishes>();
const post = (message: UsageFromWebview): void => vscode.postMessage(message);

let wishes = readWishes(vscode.getState());
let view: UsageView | undefined;
let problem: string | undefined;
/** Questions without an answer yet; only the last answer counts. */
let open = 0;

function draw(): void {
  render(<UsagePage {...{ view, problem, wishes, wish, ask, post }} waiting={open > 0} />, document.body);
}

/** Asks for the numbers again, of another filter where one is given. */
function ask(filter: UsageFilterView = wishes.filter): void {
  open++;
  wish({ filter });
  post({ type: 'need-usage', filter });
}

function wish(changes: Partial<Wishes>): void {
  wishes = { ...wishes, ...changes };
  vscode.setState(wishes);
  draw();
}

window.addEventListener('message', ({ data }: MessageEvent<UsageToWebview>) => {
  open = Math.max(0, open - 1);
  if (open > 0) return;
  problem = data.type === 'usage-failed' ? data.problem : undefined;
  if (data.type === 'usage') {
    view = data.view;
    // The command may have asked for another filter than the page did.
    wish({ filter: view.filter });
  } else draw();
});
ask();
