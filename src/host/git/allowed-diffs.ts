import { posix, relative, sep } from 'node:path';
import * as l10n from '@vscode/l10n';
import { Uri, workspace } from 'vscode';
import { asAdded, type FileDiff, hunksIn } from '../../edits/file-diff.ts';
import { type HiddenBecause, isAllowed, isHidden, isSource } from '../allowed-files.ts';
import type { GitChange } from '../git-api.ts';
import type { CommitRepository, StatusChange } from './commit-repository.ts';

/** Which changes are meant; `base` is a branch or commit. */
export type Changes = 'staged' | 'working' | { readonly base: string };

export interface AllowedDiffs {
  readonly diffs: readonly FileDiff[];
  /** The same files' addresses, in the same order. */
  readonly uris: readonly Uri[];
  /** So many changed files no model may see; neither their text nor their names are read. */
  readonly hidden: number;
  /** So many more were changed than are looked at. */
  readonly more: number;
}

/** Each is a call of git. */
const mostFiles = 300;
const atOnce = 6;
/** As much of a new file as is read. */
const mostBytes = 200_000;

/** The git extension's names for states. */
const status = { indexAdded: 1, deleted: [2, 6], renamed: [3, 10], untracked: 7 } as const;

/** What was changed, file by file, of files that a model may see. */
export async function allowedDiffs(
  repository: CommitRepository,
  changes: Changes,
  hiddenBecause: HiddenBecause,
  signal: AbortSignal,
): Promise<AllowedDiffs> {
  const mergeBase = typeof changes === 'object' ? await mergeBaseOf(repository, changes.base) : undefined;
  const all = await changed(repository, changes, mergeBase);
  const allowed: StatusChange[] = [];
  for (const change of all) if (await maySee(change, hiddenBecause)) allowed.push(change);
  const read = allowed.slice(0, mostFiles);
  const diffs: FileDiff[] = [];
  for (let at = 0; at < read.length && !signal.aborted; at += atOnce) {
    const some = read.slice(at, at + atOnce);
    diffs.push(...(await Promise.all(some.map((change) => diffOf(repository, changes, mergeBase, change)))));
  }
  return {
    diffs,
    uris: read.slice(0, diffs.length).map(({ uri }) => uri),
    hidden: all.length - allowed.length,
    more: allowed.length - read.length,
  };
}

async function mergeBaseOf(repository: CommitRepository, base: string): Promise<string> {
  const commit = await repository.getCommit(base).catch(() => undefined);
  if (!commit) throw new Error(l10n.t('There is no branch, tag or commit {0} in this repository.', base));
  return (await repository.getMergeBase(base, 'HEAD').catch(() => undefined)) ?? base;
}

async function changed(
  repository: CommitRepository,
  changes: Changes,
  mergeBase: string | undefined,
): Promise<readonly StatusChange[]> {
  const { indexChanges, workingTreeChanges, untrackedChanges } = repository.state;
  if (mergeBase !== undefined) {
    const between = await repository.diffBetween(mergeBase, 'HEAD');
    return between.map((change) => ({ ...pathsOf(change), status: 'status' in change ? Number(change.status) : 0 }));
  }
  const rows = changes === 'staged' ? indexChanges : [...indexChanges, ...workingTreeChanges, ...untrackedChanges];
  // What is staged and then changed again is one change of the working tree; the later state counts.
  return [...new Map(rows.map((row) => [row.uri.toString(), { ...pathsOf(row), status: row.status }])).values()];
}

/** The extension's changes have getters, which a copy would lose. */
const pathsOf = ({ uri, originalUri }: GitChange): GitChange => ({ uri, originalUri });

async function maySee({ uri, originalUri }: GitChange, hiddenBecause: HiddenBecause): Promise<boolean> {
  for (const place of new Set([uri.toString(), originalUri.toString()])) {
    const file = Uri.parse(place, true);
    // Of a file that is gone the name decides.
    const isThere = await workspace.fs.stat(file).then(
      () => true,
      () => false,
    );
    const allowed = isThere
      ? await isAllowed(file, hiddenBecause, 'anywhere')
      : isSource(file) && !(await isHidden(file, hiddenBecause));
    if (!allowed) return false;
  }
  return true;
}

async function diffOf(
  repository: CommitRepository,
  changes: Changes,
  mergeBase: string | undefined,
  change: StatusChange,
): Promise<FileDiff> {
  const path = pathIn(repository, change.uri);
  const from = pathIn(repository, change.originalUri);
  const isRenamed = from !== path;
  const diff = async (): Promise<string> => {
    if (changes === 'staged' && isRenamed) return repository.diffBlobs(`HEAD:${from}`, `:${path}`);
    if (changes === 'staged') return repository.diffIndexWithHEAD(change.uri.fsPath);
    if (mergeBase !== undefined && isRenamed) return repository.diffBlobs(`${mergeBase}:${from}`, `HEAD:${path}`);
    if (mergeBase !== undefined) return repository.diffBetween(mergeBase, 'HEAD', change.uri.fsPath);
    return repository.diffWithHEAD(change.uri.fsPath);
  };
  const isDeleted = status.deleted.some((deleted) => deleted === change.status);
  const isNew = change.status === status.indexAdded || change.status === status.untracked;
  // Before the first commit there is no HEAD to compare with.
  const hunks = change.status === status.untracked ? '' : hunksIn(await diff().catch(() => ''));
  return {
    path,
    ...(isRenamed && { from }),
    change: isRenamed ? 'renamed' : isDeleted ? 'deleted' : isNew ? 'added' : 'changed',
    hunks: hunks === '' && changes === 'working' && !isDeleted ? await asNew(change.uri) : hunks,
  };
}

async function asNew(uri: Uri): Promise<string> {
  try {
    if ((await workspace.fs.stat(uri)).size > mostBytes) return '(large)';
    return asAdded(Buffer.from(await workspace.fs.readFile(uri)).toString('utf8'));
  } catch {
    return '';
  }
}

function pathIn({ rootUri }: CommitRepository, uri: Uri): string {
  return relative(rootUri.fsPath, uri.fsPath).split(sep).join(posix.sep);
}
