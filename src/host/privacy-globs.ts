import { type Disposable, type Uri, workspace } from 'vscode';

type GlobSetting = 'ignore' | 'localOnly';

/** The globs of `tutti.privacy.…`, one list for whoever set them: a workspace may add to its user's, not take back. */
export function globsOf(name: GlobSetting, uri: Uri): readonly (readonly string[])[] {
  const { globalValue, workspaceValue, workspaceFolderValue } =
    workspace.getConfiguration('tutti', uri).inspect<unknown>(`privacy.${name}`) ?? {};
  return [globalValue, workspaceValue, workspaceFolderValue].map((globs) =>
    Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : [],
  );
}

export function onGlobsChange(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('tutti.privacy.ignore') || event.affectsConfiguration('tutti.privacy.localOnly')) {
      listener();
    }
  });
}
