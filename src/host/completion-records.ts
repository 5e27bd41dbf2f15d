import * as vscode from 'vscode';
import { wordSeconds } from '../chat/wording.ts';
import type { CompletionEngine } from '../completion/engine.ts';
import type { CompletionRecord, RequestRecord } from '../completion/record.ts';

/** The page that shows the last calls for a suggestion, newest first. Kept in memory only, like the records. */
export const recordsUri = vscode.Uri.parse('tutti-completions:/Inline%20Completions.md');

export function registerCompletionRecords(engine: CompletionEngine): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(recordsUri.scheme, {
    provideTextDocumentContent: () =>
      engine.records.length === 0
        ? 'No suggestion was asked for yet.\n'
        : engine.records.toReversed().map(wordRecord).join('\n'),
  });
}

function wordRecord(record: CompletionRecord): string {
  const time = new Date(record.at).toLocaleTimeString();
  const keys = record.keys > 1 ? `, ${record.keys} keys` : '';
  const stages = record.stages.map(({ stage, ms }) => `${stage} ${ms.toFixed(1)} ms`).join(' → ');
  return [
    `## ${time} ${record.path}: ${record.outcome}${record.accepted ? ', accepted' : ''}`,
    '',
    `${record.reason} (ended by: ${record.endedBy}${record.source === undefined ? '' : `, from: ${record.source}`}${keys})`,
    '',
    stages,
    ...(record.text === undefined ? [] : ['', fenced(record.text)]),
    ...(record.request ? wordRequest(record.request) : []),
    '',
  ].join('\n');
}

function wordRequest(request: RequestRecord): readonly string[] {
  const facts = [
    request.model,
    `form: ${request.form}`,
    request.firstTextMs === undefined ? '' : `first text after ${wordSeconds(request.firstTextMs)}`,
    request.totalMs === undefined ? '' : `total ${wordSeconds(request.totalMs)}`,
    request.usage === undefined
      ? ''
      : `${request.usage.estimated ? '≈' : ''}${request.usage.input} in, ${request.usage.output} out`,
    request.cost === undefined ? '' : `$${request.cost.toPrecision(2)}`,
    request.cutBy.length === 0 ? '' : `cut by: ${request.cutBy.join(', ')}`,
    request.ended ?? '',
    request.error ?? '',
  ];
  return ['', facts.filter((fact) => fact !== '').join(' · '), '', 'Prompt:', '', fenced(request.prompt)];
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
