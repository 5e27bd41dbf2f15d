import * as l10n from '@vscode/l10n';
import { type Diagnostic, DiagnosticSeverity, languages, type Uri } from 'vscode';
import type { HiddenBecause } from './allowed-files.ts';
import type { Read } from './attach-draft.ts';
import { labelOf, whyHidden } from './attach-file.ts';
import { fileOf, pathOf } from './document-path.ts';

const mostProblems = 200;

/** What the editor has to say against a file, or against all of them, worst first. */
export async function readProblems(of: Uri | undefined, hiddenBecause: HiddenBecause): Promise<Read> {
  const label = of ? l10n.t('Problems of {0}', labelOf(of)) : l10n.t('Problems');
  const refused = (reason: string): Read => ({ kind: 'refused', of: 'problems', label, reason });
  const hidden = of && (await whyHidden(of, hiddenBecause));
  if (hidden !== undefined) return refused(hidden);
  const found: { readonly uri: Uri; readonly diagnostic: Diagnostic }[] = [];
  for (const [uri, diagnostics] of of ? [[of, languages.getDiagnostics(of)] as const] : languages.getDiagnostics()) {
    if (diagnostics.length === 0 || (await whyHidden(uri, hiddenBecause)) !== undefined) continue;
    for (const diagnostic of diagnostics) if (isWorth(diagnostic)) found.push({ uri, diagnostic });
  }
  if (found.length === 0) return refused(l10n.t('There are none.'));
  const worst = found.sort((a, b) => a.diagnostic.severity - b.diagnostic.severity).slice(0, mostProblems);
  const text = worst.map(({ uri, diagnostic }) => wordProblem(uri, diagnostic)).join('\n');
  const title = of ? `Problems the editor shows in ${pathOf(of)}` : 'Problems the editor shows';
  return {
    kind: 'read',
    drafts: [
      {
        ...{ kind: 'problems', label },
        ...(of && { uri: of.toString() }),
        blocks: [{ type: 'text', title, languageId: 'plaintext', text }],
        files: [...new Set(worst.map(({ uri }) => fileOf(uri).toString()))],
        ...(found.length > worst.length && { cut: { unit: 'problems', kept: worst.length, of: found.length } }),
      },
    ],
  };
}

/** How many there are to attach. */
export function countProblems(): number {
  return languages.getDiagnostics().reduce((sum, [, diagnostics]) => sum + diagnostics.filter(isWorth).length, 0);
}

/** One line, e.g. `src/cart.ts:3:7 error: Cannot find name 'total'. [ts 2304]`. */
export function wordProblem(uri: Uri, { range, severity, message, source, code }: Diagnostic): string {
  const { line, character } = range.start;
  const number = typeof code === 'object' ? code.value : code;
  const from = [source, number].filter((part) => part !== undefined && part !== '').join(' ');
  const place = `${pathOf(uri)}:${line + 1}:${character + 1}`;
  const text = message.replaceAll(/\s*\n\s*/g, ' ');
  return `${place} ${words[severity]}: ${text}${from === '' ? '' : ` [${from}]`}`;
}

const words: Readonly<Record<DiagnosticSeverity, string>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'information',
  [DiagnosticSeverity.Hint]: 'hint',
};

/** Hints are mostly the editor's own way to draw something grey. */
const isWorth = ({ severity }: Diagnostic): boolean => severity !== DiagnosticSeverity.Hint;
