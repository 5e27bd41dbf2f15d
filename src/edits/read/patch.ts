import type { EditError, FileEdit, Hunk } from '../edit.ts';
import { malformed, noEdit, truncated } from '../edit-words.ts';
import type { FormatReader, OpenEdit, ReadEdits } from './format-reader.ts';

const headers = /^\*\*\* (Add File|Update File|Delete File|Move to|End of File|End Patch|Begin Patch)(?::\s*(.*))?$/;

export const opensPatch = (line: string): boolean => line.trim() === '*** Begin Patch';

/** A `*** Begin Patch` … `*** End Patch`: files added, updated, moved and deleted. */
export class PatchReader implements FormatReader {
  readonly #edits: FileEdit[] = [];
  #state: 'before' | 'inside' | 'add' | 'update' | 'after' = 'before';
  #path = '';
  #moveTo: string | undefined;
  #added: string[] = [];
  #hunks: Hunk[] = [];
  #search: string[] = [];
  #replace: string[] = [];
  #below: string[] = [];
  #number = 0;
  #error: EditError | undefined;

  line(text: string): void {
    this.#number++;
    if (this.#error || this.#state === 'after') return;
    if (this.#state === 'before') {
      if (opensPatch(text)) this.#state = 'inside';
      return;
    }
    // Text of a file is never taken for a header: each of its lines begins with a sign of its own.
    const header = text.trimStart().startsWith('*** ') ? headers.exec(text.trim()) : null;
    if (header) this.#header(header[1] ?? '', unquoted((header[2] ?? '').trim()));
    else if (this.#state === 'add') this.#addLine(text);
    else if (this.#state === 'update') this.#updateLine(text);
    else if (text.trim() !== '') this.#fail(`"${text.trim()}" is no header of a patch`);
  }

  get complete(): readonly FileEdit[] {
    return this.#edits;
  }

  get open(): OpenEdit | undefined {
    if (this.#state === 'add') return { path: this.#path, search: '', replace: whole(this.#added) };
    if (this.#state !== 'update') return undefined;
    return { path: this.#path, search: whole(this.#search), replace: whole(this.#replace) };
  }

  end(): ReadEdits {
    if (this.#error) return { error: this.#error };
    if (this.#state === 'before') return { error: noEdit() };
    if (this.#state !== 'after') return { error: truncated('a patch') };
    return this.#edits.length === 0 ? { error: noEdit() } : { edits: this.#edits };
  }

  #header(name: string, path: string): void {
    if (name === 'Move to' && this.#state === 'update' && this.#hunks.length === 0) {
      this.#moveTo = path;
      return;
    }
    if (name === 'End of File' && this.#state === 'update') {
      this.#endHunk(true);
      return;
    }
    this.#endFile();
    if (this.#error) return;
    switch (name) {
      case 'Add File':
      case 'Update File':
        this.#state = name === 'Add File' ? 'add' : 'update';
        this.#path = path;
        if (path === '') this.#fail('a file without a name');
        return;
      case 'Delete File':
        this.#edits.push({ kind: 'delete', path });
        return;
      case 'End Patch':
        this.#state = 'after';
        return;
      default:
        this.#fail(`"*** ${name}" cannot stand here`);
    }
  }

  #addLine(text: string): void {
    if (text.startsWith('+')) this.#added.push(text.slice(1));
    else if (text.trim() !== '') this.#fail('a line of a new file begins with +');
  }

  #updateLine(text: string): void {
    if (text.startsWith('@@')) {
      this.#endHunk(false);
      const anchor = text
        .slice(2)
        .replace(/@@\s*$/, '')
        .trim();
      if (anchor !== '') this.#below.push(anchor);
    } else if (text.startsWith('+')) this.#replace.push(text.slice(1));
    else if (text.startsWith('-')) this.#search.push(text.slice(1));
    else if (text.startsWith(' ') || text === '') {
      this.#search.push(text.slice(1));
      this.#replace.push(text.slice(1));
    } else this.#fail('a line of a hunk begins with a blank, + or -');
  }

  #endHunk(atEnd: boolean): void {
    if (this.#search.length === 0 && this.#replace.length === 0) return;
    const onlyAdds = this.#search.length === 0;
    if (onlyAdds && this.#below.length > 0)
      this.#fail('a hunk that only adds lines needs some of the lines around them');
    this.#hunks.push({
      search: whole(this.#search),
      replace: whole(this.#replace),
      inOrder: true,
      ...(this.#below.length > 0 && { below: this.#below }),
      ...((atEnd || onlyAdds) && { atEnd: true }),
    });
    this.#search = [];
    this.#replace = [];
    this.#below = [];
  }

  #endFile(): void {
    if (this.#state === 'add') {
      this.#edits.push({ kind: 'write', path: this.#path, text: whole(this.#added), onlyNew: false });
    }
    if (this.#state === 'update') {
      this.#endHunk(false);
      if (this.#hunks.length === 0 && this.#moveTo === undefined) this.#fail(`the update of ${this.#path} is empty`);
      this.#edits.push({
        kind: 'change',
        path: this.#path,
        hunks: this.#hunks,
        endsWithNewline: true,
        ...(this.#moveTo !== undefined && { moveTo: this.#moveTo }),
      });
    }
    this.#state = 'inside';
    this.#added = [];
    this.#hunks = [];
    this.#below = [];
    this.#moveTo = undefined;
  }

  #fail(what: string): void {
    this.#error ??= malformed(this.#number, what);
  }
}

const unquoted = (path: string): string => /^([`"'])(.+)\1$/.exec(path)?.[2] ?? path;
const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
