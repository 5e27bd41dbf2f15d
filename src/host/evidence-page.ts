import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { describeCostPer100, describePercentiles, describeShare } from '../completion/describe-evidence.ts';
import type { Evidence } from '../completion/learning-summary.ts';

/** The page that lays completion models side by side, language by language. It does not outlive its window. */
export class EvidencePage implements vscode.Disposable {
  readonly #evidence: () => Promise<readonly Evidence[]>;
  #panel: vscode.WebviewPanel | undefined;

  constructor(evidence: () => Promise<readonly Evidence[]>) {
    this.#evidence = evidence;
  }

  /** Opens it, or brings it to the front with what is known by now. */
  async show(): Promise<void> {
    const html = htmlOf(await this.#evidence());
    this.#panel ??= this.#open();
    this.#panel.webview.html = html;
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      'tutti.evidence',
      l10n.t('Completion Models'),
      vscode.ViewColumn.Active,
      {},
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }
}

const columns: readonly (readonly [title: () => string, cell: (evidence: Evidence) => string])[] = [
  [() => l10n.t('Model'), ({ model }) => model],
  [() => l10n.t('Shown'), ({ shown }) => String(shown)],
  [() => l10n.t('Accepted'), ({ accepted, shown }) => share(accepted, shown)],
  [() => l10n.t('Kept after 30 s'), ({ kept }) => (kept ? describeShare(kept.share) : '')],
  [() => l10n.t('Typed by hand'), ({ typedThrough, shown }) => share(typedThrough, shown)],
  [() => l10n.t('Sent away by Esc'), ({ dismissed, shown }) => share(dismissed.escape, shown)],
  [() => l10n.t('First text, p50 / p95'), ({ firstText }) => (firstText ? describePercentiles(firstText) : '')],
  [() => l10n.t('Whole answer, p50 / p95'), ({ total }) => (total ? describePercentiles(total) : '')],
  [() => l10n.t('Requests'), ({ requests }) => String(requests)],
  [() => l10n.t('Tokens, in / out'), ({ tokens }) => (tokens.input === 0 ? '' : `${tokens.input} / ${tokens.output}`)],
  [() => l10n.t('Cost of 100 shown'), (evidence) => describeCostPer100(evidence).replace(' per 100', '')],
];

const share = (part: number, all: number): string => (all === 0 ? '' : describeShare(part / all));

function htmlOf(all: readonly Evidence[]): string {
  const languages = Map.groupBy(all, ({ languageId }) => languageId ?? '');
  const told =
    all.length === 0
      ? l10n.t('Nothing is known yet: no suggestion was asked for in the last twelve weeks.')
      : l10n.t('What Tutti counted on this machine in the last twelve weeks. Only these numbers are kept, no text.');
  return `<!doctype html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(l10n.t('Completion Models'))}</title>
<style>
body { color: var(--vscode-editor-foreground); padding: 8px 24px 24px; }
h1 { font-size: 1.5em; font-weight: 600; }
h2 { font-size: 1.15em; font-weight: 600; margin: 1.8em 0 0.4em; }
table { border-collapse: collapse; }
th, td { padding: 5px 12px; text-align: right; vertical-align: bottom; white-space: nowrap; }
thead th { font-weight: 400; white-space: normal; max-width: 9em; }
th:first-child { text-align: left; padding-left: 0; font-weight: 600; }
tr { border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #8884)); }
</style>
</head>
<body>
<main>
<h1>${escaped(l10n.t('Completion Models'))}</h1>
<p>${escaped(told)}</p>
${[...languages].map(([language, evidence]) => `<h2>${escaped(language)}</h2>\n${table(evidence)}`).join('\n')}
</main>
</body>
</html>`;
}

function table(rows: readonly Evidence[]): string {
  const head = columns.map(([title]) => `<th scope="col">${escaped(title())}</th>`).join('');
  const body = rows.map((row) => {
    const [name = '', ...cells] = columns.map(([, cell]) => escaped(cell(row)));
    return `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
