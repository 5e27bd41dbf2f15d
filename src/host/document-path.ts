import { type NotebookDocument, type Uri, workspace } from 'vscode';

const cellScheme = 'vscode-notebook-cell';

/** How models are told where a file stands: relative to its workspace folder; of a file outside, the name is all they may know. */
export function pathOf(uri: Uri): string {
  const file = fileOf(uri);
  const inside = workspace.getWorkspaceFolder(file) !== undefined;
  const parts = (inside ? workspace.asRelativePath(file, false) : file.path).split(/[\\/]/);
  return inside ? parts.join('/') : (parts.at(-1) ?? file.path);
}

/** The file a document stands in: of a notebook's cell, the notebook. */
export function fileOf(uri: Uri): Uri {
  return notebookOf(uri)?.uri ?? uri;
}

/** The open notebook a cell belongs to; undefined = no cell. */
export function notebookOf(uri: Uri): NotebookDocument | undefined {
  if (uri.scheme !== cellScheme) return undefined;
  const cell = uri.toString();
  // A cell's address has the path of its notebook, so only those are looked through.
  return workspace.notebookDocuments.find(
    (notebook) =>
      notebook.uri.path === uri.path && notebook.getCells().some(({ document }) => document.uri.toString() === cell),
  );
}
