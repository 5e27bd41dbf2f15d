import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LoggedRequest, RequestLog } from '../gateway/request-log.ts';

export const requestScheme = 'tutti-requests';

/** How a request is worded; needed when a page is. */
type Words = typeof import('../gateway/request-log-words.ts');

/** Answers that can be gone back to. */
const mostAnswers = 40;

/** Read-only documents of logged requests and of answers side by side. In memory only, like the log. */
export class RequestLogPages implements vscode.Disposable {
  readonly #log: RequestLog;
  readonly #words: () => Promise<Words>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #answers = new Map<string, string>();
  #lastAnswer = 0;
  readonly #provider: vscode.Disposable;
  readonly #unlisten: () => void;

  constructor(log: RequestLog, words: () => Promise<Words>) {
    this.#log = log;
    this.#words = words;
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(requestScheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#contentOf(uri),
    });
    this.#unlisten = log.onDidChange(() => this.#refreshOpen());
  }

  /** Opens the page of a request; one that is still under way is brought up to date when it ends. */
  async show(logged: LoggedRequest): Promise<void> {
    const { ask, id, at, model } = logged;
    const { clock } = await this.#words();
    const name = `${ask.role} ${model} ${clock(at)}`.replaceAll(/[/:\\?#]/g, '-');
    const uri = vscode.Uri.from({ scheme: requestScheme, path: `/request/${id}/${name}.md` });
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** Two answers side by side. */
  async compare(title: string, left: string, right: string): Promise<void> {
    const [before, after] = [left, right].map((text, side) => this.#answer(title, side === 0 ? 'left' : 'right', text));
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: true });
  }

  /** The request whose page this is. */
  requestOf(uri: vscode.Uri): LoggedRequest | undefined {
    const [, kind, id] = uri.path.split('/');
    return uri.scheme === requestScheme && kind === 'request' ? this.#log.find(Number(id)) : undefined;
  }

  dispose(): void {
    this.#unlisten();
    this.#provider.dispose();
    this.#changed.dispose();
  }

  #answer(title: string, side: string, text: string): vscode.Uri {
    const path = `/answer/${++this.#lastAnswer}/${side} ${title.replaceAll(/[/:\\?#]/g, '-')}.md`;
    const uri = vscode.Uri.from({ scheme: requestScheme, path });
    this.#answers.set(uri.toString(), text);
    for (const oldest of [...this.#answers.keys()].slice(0, -mostAnswers)) this.#answers.delete(oldest);
    return uri;
  }

  async #contentOf(uri: vscode.Uri): Promise<string> {
    const logged = this.requestOf(uri);
    if (logged) return (await this.#words()).pageOf(logged);
    return this.#answers.get(uri.toString()) ?? l10n.t('This is older than what is kept.\n');
  }

  #refreshOpen(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      // The page of a request that has gone stays as it was.
      if (this.requestOf(uri)) this.#changed.fire(uri);
    }
  }
}
