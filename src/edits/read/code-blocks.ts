import type { EditError, FileEdit } from '../edit.ts';
import { noEdit, truncated } from '../edit-words.ts';
import { isFindReplace, readFindReplace } from './find-replace.ts';
import type { FormatReader, OpenEdit, ReadEdits } from './format-reader.ts';
import { pathInLine } from './path-line.ts';
import { isBareHunk, readBareHunk } from './unified-diff.ts';

/** Fenced code blocks as whole files: the path stands in the fence's first line or in the line before it. */
export class CodeBlockReader implements FormatReader {
  readonly #edits: FileEdit[] = [];
  #fence: string | undefined;
  #path: string | undefined;
  #before: string | undefined;
  #text: string[] = [];
  #error: EditError | undefined;

  line(text: string): void {
    if (this.#fence !== undefined) {
      const isClosed = text.trim().startsWith(this.#fence) && /^[`~]+$/.test(text.trim());
      if (isClosed) this.#finish();
      else this.#text.push(text);
      return;
    }
    const fence = /^\s*(`{3,}|~{3,})(.*)$/.exec(text);
    if (fence) {
      this.#fence = fence[1];
      this.#path = pathInFence(fence[2] ?? '') ?? this.#before;
      this.#text = [];
    } else if (text.trim() !== '') this.#before = pathInLine(text);
  }

  get complete(): readonly FileEdit[] {
    return this.#edits;
  }

  get open(): OpenEdit | undefined {
    if (this.#fence === undefined) return undefined;
    return { ...(this.#path !== undefined && { path: this.#path }), search: '', replace: whole(this.#text) };
  }

  end(): ReadEdits {
    if (this.#fence !== undefined) this.#error = truncated('a code block');
    if (this.#error) return { error: this.#error };
    return this.#edits.length === 0 ? { error: noEdit() } : { edits: this.#edits };
  }

  #finish(): void {
    const text = whole(this.#text);
    const read = isBareHunk(this.#text)
      ? readBareHunk(this.#text)
      : isFindReplace(text)
        ? readFindReplace(text)
        : { edits: [{ kind: 'write' as const, text, onlyNew: false }] };
    if ('error' in read) this.#error ??= read.error;
    else this.#edits.push(...read.edits.map((edit) => withPath(edit, this.#path)));
    this.#fence = undefined;
    this.#before = undefined;
  }
}

function withPath(edit: FileEdit, path: string | undefined): FileEdit {
  return path === undefined ? edit : { ...edit, path: edit.path ?? path };
}

/** ` ```ts src/a.ts `, ` ```src/a.ts `, ` ```ts title="src/a.ts" `, ` ```ts:src/a.ts `. */
function pathInFence(info: string): string | undefined {
  const named = /(?:title|file(?:name)?|path)=["']?([^"'\s]+)/.exec(info)?.[1];
  if (named !== undefined) return named;
  const [language = '', second] = info.trim().split(/\s+/);
  return pathInLine(second ?? '') ?? pathInLine(language.slice(language.indexOf(':') + 1));
}

const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
