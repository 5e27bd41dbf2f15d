import * as l10n from '@vscode/l10n';
import { Uri, window } from 'vscode';
import { isObject, stringAt } from '../../util/json.ts';
import { type GitChange, type GitCommit, type GitRepository, gitRepositories } from '../git-api.ts';

/** What of VS Code's git is used to write messages and to review. */
export interface CommitRepository extends GitRepository {
  readonly inputBox: { value: string };
  readonly state: Omit<GitRepository['state'], 'workingTreeChanges' | 'indexChanges' | 'untrackedChanges'> & {
    readonly HEAD: { readonly name?: string } | undefined;
    readonly workingTreeChanges: readonly StatusChange[];
    readonly indexChanges: readonly StatusChange[];
    readonly untrackedChanges: readonly StatusChange[];
  };
  diffBlobs(object1: string, object2: string): Promise<string>;
  getConfig(key: string): Promise<string>;
  getGlobalConfig(key: string): Promise<string>;
  getMergeBase(ref1: string, ref2: string): Promise<string | undefined>;
  log(options: { readonly maxEntries: number }): Promise<readonly (GitCommit & { readonly authorEmail?: string })[]>;
}

export interface StatusChange extends GitChange {
  /** One of git's states, by the numbers of the extension's `Status`. */
  readonly status: number;
}

function isWhole(repository: GitRepository): repository is CommitRepository {
  return 'inputBox' in repository && 'diffBlobs' in repository && 'getMergeBase' in repository;
}

/**
 * The repository that is meant: the one an argument or the button's view names, the active file's, the only one, or the one
 * the user picks. Undefined = the user picked none.
 */
export async function chosenRepository(argument: unknown): Promise<CommitRepository | undefined> {
  const known = (await gitRepositories())?.filter(isWhole) ?? [];
  const named = rootIn(argument);
  if (named !== undefined) {
    const found = known.find(({ rootUri }) => rootUri.toString() === named || rootUri.fsPath === named);
    if (found) return found;
  }
  const [first, second] = known;
  if (!first) {
    throw new Error(
      l10n.t(
        'There is no git repository in this window. Open a folder that is one, or run "Git: Initialize Repository".',
      ),
    );
  }
  if (!second) return first;
  const file = window.activeTextEditor?.document.uri.path;
  const around = known
    .filter(({ rootUri }) => file?.startsWith(`${rootUri.path}/`))
    .sort((a, b) => b.rootUri.path.length - a.rootUri.path.length)[0];
  if (around) return around;
  const items = known.map((repository) => ({
    label: repository.rootUri.path.split('/').at(-1) ?? '',
    description: repository.rootUri.fsPath,
    repository,
  }));
  const picked = await window.showQuickPick(items, { title: l10n.t('Which repository?') });
  return picked?.repository;
}

/** A path or address as `{repository}`, or what VS Code gives its buttons: an object with the root's address. */
function rootIn(argument: unknown): string | undefined {
  const named = stringAt(argument, 'repository');
  if (named !== undefined) return named;
  const root = isObject(argument) ? argument['rootUri'] : undefined;
  return root instanceof Uri ? root.toString() : undefined;
}
