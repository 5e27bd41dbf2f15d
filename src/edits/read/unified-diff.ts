import type { EditError, FileEdit, Hunk } from '../edit.ts';
import { malformed, noEdit } from '../edit-words.ts';
import { ChangeList } from './change-list.ts';
import type { FormatReader, OpenEdit, ReadEdits } from './format-reader.ts';

/** Lines that tools write about a file before its hunks. */
const about =
  /^(?:diff |index |new file mode |deleted file mode |old mode |new mode |similarity index |rename |copy |Binary files )/;

export const opensUnifiedDiff = (line: string): boolean =>
  /^(?:diff --git |@@(?: |$)|--- ?[^-\s])/.test(line) && !/^--- SEARCH/.test(line);

/** Whether lines are a hunk of a diff without its header: all of them with a sign, and some of each kind. */
export function isBareHunk(lines: readonly string[]): boolean {
  const signs = new Set(lines.filter((line) => line.trim() !== '').map((line) => line[0] ?? ''));
  return signs.has('+') && signs.size > 1 && [...signs].every((sign) => ' +-'.includes(sign));
}

/** The edits of such a hunk. */
export function readBareHunk(lines: readonly string[]): ReadEdits {
  const reader = new UnifiedDiffReader();
  for (const line of ['@@ @@', ...lines]) reader.line(line);
  return reader.end();
}

/** A unified diff whose line numbers may be wrong, absent or `...`: the lines of a hunk say where it goes. */
export class UnifiedDiffReader implements FormatReader {
  readonly #list = new ChangeList();
  #state: 'outside' | 'header' | 'hunk' = 'outside';
  #from: string | undefined;
  #path: string | undefined;
  #search: string[] = [];
  #replace: string[] = [];
  #line: number | undefined;
  /** A `--- x` inside a hunk: a removed line, or the next file's name if `+++` follows. */
  #held: string | undefined;
  #number = 0;
  #error: EditError | undefined;

  line(text: string): void {
    this.#number++;
    if (this.#error) return;
    if (this.#held !== undefined) {
      const held = this.#held;
      this.#held = undefined;
      if (/^\+\+\+ /.test(text)) this.#beginFile(held);
      else this.#hunkLine(held);
    }
    if (this.#state === 'hunk') this.#inHunk(text);
    else this.#between(text);
  }

  get complete(): readonly FileEdit[] {
    return this.#list.edits;
  }

  get open(): OpenEdit | undefined {
    if (this.#state !== 'hunk') return undefined;
    return {
      ...(this.#path !== undefined && { path: this.#path }),
      search: whole(this.#search),
      replace: whole(this.#replace),
    };
  }

  end(): ReadEdits {
    if (this.#held !== undefined) this.#hunkLine(this.#held);
    this.#endHunk();
    if (this.#error) return { error: this.#error };
    return this.#list.edits.length === 0 ? { error: noEdit() } : { edits: this.#list.edits };
  }

  #between(text: string): void {
    if (/^--- ?\S/.test(text)) this.#beginFile(text);
    else if (/^\+\+\+ ?\S/.test(text) && this.#state === 'header') this.#nameFile(text);
    else if (text.startsWith('@@')) this.#beginHunk(text);
    else if (this.#state === 'header' && text.trim() !== '' && !about.test(text)) {
      this.#fail(`"${text.trim()}" is no hunk header`);
    }
  }

  #inHunk(text: string): void {
    if (text.startsWith('@@')) {
      this.#endHunk();
      this.#beginHunk(text);
    } else if (/^--- \S/.test(text)) this.#held = text;
    else if (/^(?:```|~~~)/.test(text)) {
      this.#endHunk();
      this.#state = 'outside';
    } else if (about.test(text)) {
      this.#endHunk();
      this.#state = 'outside';
    } else this.#hunkLine(text);
  }

  #hunkLine(text: string): void {
    if (text.startsWith('+')) this.#replace.push(text.slice(1));
    else if (text.startsWith('-')) this.#search.push(text.slice(1));
    else if (text.startsWith(' ') || text === '') {
      this.#search.push(text.slice(1));
      this.#replace.push(text.slice(1));
    } else if (!text.startsWith('\\')) {
      // Prose may follow after an empty line.
      if (this.#search.at(-1) === '' && this.#replace.at(-1) === '') {
        this.#endHunk();
        this.#state = 'outside';
      } else {
        // Models leave out the blank before a line that stays; one that is none is not found in the file.
        this.#search.push(text);
        this.#replace.push(text);
      }
    }
  }

  #beginFile(text: string): void {
    this.#endHunk();
    this.#state = 'header';
    this.#from = pathOf(text);
    this.#path = this.#from;
  }

  #nameFile(text: string): void {
    const to = pathOf(text);
    if (to === undefined && this.#from !== undefined) {
      this.#list.put({ kind: 'delete', path: this.#from });
      this.#path = this.#from;
    } else this.#path = to;
  }

  #beginHunk(text: string): void {
    const numbers = /-(\d+)(?:,(\d+))?/.exec(text);
    this.#line = undefined;
    // With no lines of the old file, the number is that of the line before.
    if (numbers) this.#line = Number(numbers[1]) + (numbers[2] === '0' ? 1 : 0);
    this.#state = 'hunk';
  }

  #endHunk(): void {
    while (this.#search.at(-1) === '' && this.#replace.at(-1) === '') {
      this.#search.pop();
      this.#replace.pop();
    }
    const search = whole(this.#search);
    const replace = whole(this.#replace);
    this.#search = [];
    this.#replace = [];
    if (this.#state !== 'hunk' || (search === '' && replace === '')) return;
    const isDeleted = this.#list.edits.at(-1)?.kind === 'delete' && this.#list.edits.at(-1)?.path === this.#path;
    if (isDeleted) return;
    if (this.#from === undefined && this.#path !== undefined && search === '') {
      this.#list.put({ kind: 'write', path: this.#path, text: replace, onlyNew: true });
      return;
    }
    const hunk: Hunk = { search, replace, inOrder: true, ...(this.#line !== undefined && { line: this.#line }) };
    this.#list.add(this.#path, hunk);
  }

  #fail(what: string): void {
    this.#error ??= malformed(this.#number, what);
  }
}

/** The file a `---` or `+++` line names; undefined = none (`/dev/null`). */
function pathOf(line: string): string | undefined {
  const name = (line.slice(3).split('\t', 1)[0] ?? '').trim();
  if (name === '/dev/null') return undefined;
  return name.replace(/^"|"$/g, '').replace(/^[ab]\//, '');
}

const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
