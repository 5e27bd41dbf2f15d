import type { FileEdit, Hunk } from '../edit.ts';

type Change = FileEdit & { kind: 'change' };

/** Hunks gathered into one edit a file, in the order in which the files were first named. */
export class ChangeList {
  readonly edits: FileEdit[] = [];
  readonly #changes = new Map<string | undefined, { readonly at: number; readonly hunks: Hunk[] }>();

  add(path: string | undefined, hunk: Hunk, more?: Pick<Change, 'moveTo' | 'endsWithNewline'>): void {
    const known = this.#changes.get(path);
    if (known) {
      known.hunks.push(hunk);
      return;
    }
    const hunks = [hunk];
    this.#changes.set(path, { at: this.edits.length, hunks });
    this.edits.push({ kind: 'change', ...(path !== undefined && { path }), hunks, ...more });
  }

  /** Anything that is not hunks; later hunks of that file are a change of their own. */
  put(edit: FileEdit): void {
    this.#changes.delete(edit.path);
    this.edits.push(edit);
  }
}
