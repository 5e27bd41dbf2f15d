import * as vscode from 'vscode';
import { describeCostPer100, describePercentiles, describeShare } from '../completion/describe-evidence.ts';
import type { Evidence } from '../completion/learning-summary.ts';
import type { LearnedCompletions } from './completion-learning.ts';

const evidenceUri = vscode.Uri.parse('tutti-evidence:/Completion%20Models.md');

/** The page that lays models side by side, language by language. Numbers of the last twelve weeks on this machine. */
export class EvidencePage implements vscode.TextDocumentContentProvider {
  readonly #learned: LearnedCompletions;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(learned: LearnedCompletions) {
    this.#learned = learned;
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(evidenceUri.scheme, this),
    );
  }

  async show(): Promise<void> {
    this.#changed.fire(evidenceUri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', evidenceUri);
    } catch {
      // VS Code's own Markdown extension may be off; as text it can be read, too.
      await vscode.window.showTextDocument(evidenceUri);
    }
  }

  async provideTextDocumentContent(): Promise<string> {
    return page(await this.#learned.byLanguage());
  }
}

const columns: readonly (readonly [title: string, cell: (evidence: Evidence) => string])[] = [
  ['Model', ({ model }) => `\`${model}\``],
  ['Shown', ({ shown }) => String(shown)],
  ['Accepted', ({ accepted, shown }) => share(accepted, shown)],
  ['Typed by hand', ({ typedThrough, shown }) => share(typedThrough, shown)],
  ['Sent away by Esc', ({ dismissed, shown }) => share(dismissed.escape, shown)],
  ['Kept after 30 s', ({ kept }) => (kept ? `${describeShare(kept.share)} of ${kept.checked}` : '')],
  ['First text', ({ firstText }) => (firstText ? describePercentiles(firstText) : '')],
  ['Whole answer', ({ total }) => (total ? describePercentiles(total) : '')],
  ['Requests', ({ requests }) => String(requests)],
  ['Tokens in / out', ({ tokens }) => (tokens.input === 0 ? '' : `${tokens.input} / ${tokens.output}`)],
  ['Cost of 100 shown', (evidence) => describeCostPer100(evidence).replace(' per 100', '')],
];

function page(all: readonly Evidence[]): string {
  const languages = Map.groupBy(all, ({ languageId }) => languageId ?? '');
  return [
    '# Completion Models',
    '',
    all.length === 0
      ? 'Nothing is known yet: no suggestion was asked for in the last twelve weeks.'
      : 'What Tutti counted on this machine in the last twelve weeks. Only these numbers are kept, no text.',
    ...[...languages].flatMap(([language, evidence]) => ['', `## ${language}`, '', ...table(evidence)]),
    '',
  ].join('\n');
}

function table(rows: readonly Evidence[]): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(columns.map(([title]) => title)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map(([, cell]) => cell(row)))),
  ];
}

const share = (part: number, all: number): string => (all === 0 ? '' : describeShare(part / all));
