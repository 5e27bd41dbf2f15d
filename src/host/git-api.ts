import { extensions, type Uri } from 'vscode';

/** The part of VS Code's own git extension that is used, as its `git.d.ts` has it. */
export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: {
    readonly workingTreeChanges: readonly GitChange[];
    readonly indexChanges: readonly GitChange[];
    readonly mergeChanges: readonly GitChange[];
    readonly untrackedChanges: readonly GitChange[];
  };
  diffWithHEAD(path: string): Promise<string>;
  diffIndexWithHEAD(path: string): Promise<string>;
  diffBetween(ref1: string, ref2: string): Promise<readonly GitChange[]>;
  diffBetween(ref1: string, ref2: string, path: string): Promise<string>;
  log(options: { readonly maxEntries: number }): Promise<readonly GitCommit[]>;
  getCommit(ref: string): Promise<GitCommit>;
}

export interface GitChange {
  readonly uri: Uri;
  /** Where it was before it was renamed; else the same. */
  readonly originalUri: Uri;
}

export interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly authorName?: string;
}

interface GitExtension {
  getAPI(version: 1): { readonly repositories: readonly GitRepository[] };
}

/** The repositories that are open; undefined = the git extension is off or not there. */
export async function gitRepositories(): Promise<readonly GitRepository[] | undefined> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return undefined;
  try {
    return (await extension.activate()).getAPI(1).repositories;
  } catch {
    // It throws where "git.enabled" is off or no git was found.
    return undefined;
  }
}
