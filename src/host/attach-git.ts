import * as l10n from '@vscode/l10n';
import type { Uri } from 'vscode';
import type { Block } from '../context/attachment.ts';
import { cutLines } from '../context/cut-lines.ts';
import { lineFeeds } from '../util/line-feeds.ts';
import { messageOf } from '../util/message-of.ts';
import type { HiddenBecause } from './allowed-files.ts';
import type { Read } from './attach-draft.ts';
import { readFile, whyHidden } from './attach-file.ts';
import { pathOf } from './document-path.ts';
import { type GitChange, type GitRepository, gitRepositories } from './git-api.ts';

const mostFiles = 100;
const mostCharacters = 120_000;
/** What differs from the last commit: all of it, or what is staged. File by file, so that hidden ones stay out. */
export async function readChanges(staged: boolean, hiddenBecause: HiddenBecause, signal: AbortSignal): Promise<Read> {
  const label = staged ? l10n.t('Staged changes') : l10n.t('Changes');
  const repositories = await gitRepositories();
  const refused = (reason: string): Read => ({ kind: 'refused', of: 'changes', label, reason });
  if (!repositories) return refused(noGit());
  if (repositories.length === 0) return refused(l10n.t('No folder that is open is a git repository.'));
  const parts: Part[] = repositories.flatMap((repository) => {
    const { indexChanges, workingTreeChanges, mergeChanges, untrackedChanges } = repository.state;
    const tracked = staged ? indexChanges : [...indexChanges, ...workingTreeChanges, ...mergeChanges];
    const parts = onceEach([...tracked, ...(staged ? [] : untrackedChanges)]);
    return parts.map((change) => ({
      change,
      text: async () => {
        const { fsPath } = change.uri;
        const diff = await (staged ? repository.diffIndexWithHEAD(fsPath) : repository.diffWithHEAD(fsPath));
        return diff === '' && !staged ? wholeFile(change.uri, hiddenBecause) : diff;
      },
    }));
  });
  const title = staged ? 'Staged changes (git diff)' : 'Changes since the last commit (git diff)';
  return readDiffs({ kind: 'changes', label, title }, parts, hiddenBecause, signal);
}

/** What one commit changed. */
export async function readCommit(
  { repository: root, hash, title }: { readonly repository: string; readonly hash: string; readonly title: string },
  hiddenBecause: HiddenBecause,
  signal: AbortSignal,
): Promise<Read> {
  const label = `${hash.slice(0, 7)} ${title}`;
  const refused = (reason: string): Read => ({ kind: 'refused', of: 'commit', label, reason });
  const repositories = await gitRepositories();
  if (!repositories) return refused(noGit());
  const repository = repositories.find(({ rootUri }) => rootUri.toString() === root);
  if (!repository) return refused(l10n.t('Its repository is not open any more.'));
  try {
    const commit = await repository.getCommit(hash);
    const before = commit.parents[0];
    // It compares commits only, each with what they have in common.
    if (before === undefined) return refused(l10n.t('VS Code’s git cannot compare the first commit of a repository.'));
    const changes = await repository.diffBetween(before, hash);
    const parts = changes.map((change) => ({
      change,
      text: () => repository.diffBetween(before, hash, change.uri.fsPath),
    }));
    const heading = `Commit ${hash.slice(0, 10)}: ${commit.message.trim()}`;
    return await readDiffs({ kind: 'commit', label, title: heading }, parts, hiddenBecause, signal);
  } catch (error) {
    return refused(l10n.t('git cannot show it: {0}', messageOf(error)));
  }
}

export interface CommitEntry {
  readonly repository: string;
  readonly hash: string;
  readonly title: string;
  readonly author: string;
}

/** The latest of all repositories; undefined = there is no git. */
export async function latestCommits(most: number): Promise<readonly CommitEntry[] | undefined> {
  const repositories = await gitRepositories();
  const lists = await repositories?.map((repository) => commitsOf(repository, most));
  return lists && (await Promise.all(lists)).flat();
}

export const noGit = (): string => l10n.t('Git is not available: VS Code’s own git extension is off, or finds no git.');

interface Part {
  readonly change: GitChange;
  readonly text: () => Promise<string>;
}

async function readDiffs(
  what: { readonly kind: 'changes' | 'commit'; readonly label: string; readonly title: string },
  parts: readonly Part[],
  hiddenBecause: HiddenBecause,
  signal: AbortSignal,
): Promise<Read> {
  const { title, ...head } = what;
  const files: string[] = [];
  const diffs: string[] = [];
  let left = mostCharacters;
  for (const { change, text } of parts) {
    if (signal.aborted) return { kind: 'cancelled' };
    if (files.length === mostFiles || left <= 0) break;
    if (await isHidden(change, hiddenBecause)) continue;
    const { text: diff } = cutLines(lineFeeds(await text()).trimEnd(), left);
    if (diff === '') continue;
    left -= diff.length;
    diffs.push(diff);
    files.push(change.uri.toString(), change.originalUri.toString());
  }
  const { length: of } = parts;
  if (of === 0) return { kind: 'refused', of: head.kind, label: head.label, reason: l10n.t('There are none.') };
  if (diffs.length === 0) {
    return {
      kind: 'refused',
      of: head.kind,
      label: head.label,
      reason: l10n.t('No model may see the files it is about.'),
    };
  }
  const block: Block = { type: 'text', title, languageId: 'diff', text: diffs.join('\n') };
  const cut = diffs.length < of && ({ unit: 'files', kept: diffs.length, of } as const);
  const drafts = [{ ...head, blocks: [block], files: [...new Set(files)], ...(cut && { cut }) }];
  return { kind: 'read', drafts };
}

/** By its name now, or by the one it had. */
async function isHidden({ uri, originalUri }: GitChange, hiddenBecause: HiddenBecause): Promise<boolean> {
  const reasons = await Promise.all([uri, originalUri].map((name) => whyHidden(name, hiddenBecause)));
  return reasons.some((reason) => reason !== undefined);
}

/** Git knows nothing yet to compare a new file with. */
async function wholeFile(uri: Uri, hiddenBecause: HiddenBecause): Promise<string> {
  const read = await readFile(uri, undefined, hiddenBecause);
  const block = read.kind === 'read' ? read.drafts[0]?.blocks[0] : undefined;
  if (block?.type !== 'text') return '';
  const lines = block.text.replace(/\n$/, '').split('\n');
  return `--- /dev/null\n+++ b/${pathOf(uri)}\n${lines.map((line) => `+${line}`).join('\n')}`;
}

function onceEach(changes: readonly GitChange[]): readonly GitChange[] {
  return [...new Map(changes.map((change) => [change.uri.toString(), change])).values()];
}

async function commitsOf(repository: GitRepository, most: number): Promise<readonly CommitEntry[]> {
  try {
    return (await repository.log({ maxEntries: most })).map(({ hash, message, authorName = '' }) => ({
      ...{ repository: repository.rootUri.toString(), hash, author: authorName },
      title: message.split('\n', 1)[0] ?? '',
    }));
  } catch {
    // A repository without any commit.
    return [];
  }
}
