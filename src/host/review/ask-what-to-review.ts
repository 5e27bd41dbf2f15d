import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import type { Changes } from '../git/allowed-diffs.ts';
import type { CommitRepository } from '../git/commit-repository.ts';

/** Asks where there is a choice; undefined = none was made. */
export async function askWhatToReview({ state }: CommitRepository): Promise<Changes | undefined> {
  const staged = state.indexChanges.length;
  const all = staged + state.workingTreeChanges.length + state.untrackedChanges.length;
  const count = (files: number): string => l10n.t('Files: {0}', files);
  const items: readonly { readonly label: string; readonly description?: string; readonly what: Changes | 'branch' }[] =
    [
      ...(staged > 0 ? [{ label: l10n.t('Staged Changes'), description: count(staged), what: 'staged' as const }] : []),
      ...(all > staged
        ? [{ label: l10n.t('All Uncommitted Changes'), description: count(all), what: 'working' as const }]
        : []),
      { label: l10n.t('This Branch Compared with Another…'), what: 'branch' as const },
    ];
  const picked = await window.showQuickPick(items, { title: l10n.t('What is to be reviewed?') });
  if (picked?.what !== 'branch') return picked?.what;
  const base = await window.showInputBox({
    title: l10n.t('Review: Compare with'),
    prompt: l10n.t('A branch, tag or commit; what this branch has and that one has not is reviewed.'),
    value: 'main',
  });
  return base === undefined || base.trim() === '' ? undefined : { base: base.trim() };
}
