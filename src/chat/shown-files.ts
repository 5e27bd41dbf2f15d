/** A changed file as a model is shown it. */
export interface ShownFile {
  readonly path: string;
  readonly from?: string;
  readonly change: 'added' | 'changed' | 'deleted' | 'renamed';
  readonly hunks: string;
}

/** Changed files, each under its name. */
export function shownFiles(files: readonly ShownFile[]): string {
  return files.map(shownFile).join('\n\n');
}

function shownFile({ path, from, change, hunks }: ShownFile): string {
  const name = change === 'renamed' && from !== undefined ? `${from} → ${path}` : path;
  return `=== ${name} (${change})${hunks === '' ? '' : `\n${hunks}`}`;
}
