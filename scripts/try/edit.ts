import { applyEdits } from '../../src/edits/apply-edits.ts';
import type { EditError, EditOptions, FileEdit, Hunk } from '../../src/edits/edit.ts';
import { noEdit } from '../../src/edits/edit-words.ts';
import { type EditFormat, readEdits } from '../../src/edits/read/edit-reader.ts';
import { readFindReplace } from '../../src/edits/read/find-replace.ts';
import type { ReadEdits } from '../../src/edits/read/format-reader.ts';
import { arrayAt, isObject, numberAt, objectAt, stringAt } from '../../src/util/json.ts';

/** The corpora's names of formats; a row without one is read as any reply is. */
const formats: readonly (readonly [RegExp, EditFormat])[] = [
  [/search_replace$/, 'search-replace'],
  [/^apply_patch$/, 'patch'],
  [/^unified_diff/, 'unified-diff'],
];

/** What an edit makes of the files in a row: `{result, rungs}`, or `{error}` with everything untouched. */
export async function answer(row: unknown): Promise<unknown> {
  if (!isObject(row) || !('edit' in row)) return { error: { code: 'malformed', message: 'A row needs "edit".' } };
  const options = objectAt(row, 'options');
  const read = readRow(row['edit'], stringAt(row, 'format'), stringAt(options, 'tool'));
  if ('error' in read) return { error: told(read.error) };
  const files = isObject(row['original']) ? row['original'] : undefined;
  const single = typeof row['original'] === 'string' ? row['original'] : undefined;
  const line = lineOf(options);
  const applied = applyEdits(
    read.edits.map((edit) => (files ? withPlainPath(edit) : withoutPath(edit, line))),
    (path) => (files ? ownText(files, path) : single),
    editOptions(options),
  );
  if ('error' in applied) return { error: told(applied.error) };
  const rungs = applied.files.flatMap((file) => file.rungs);
  if (!files) return { result: applied.files[0]?.after ?? single ?? null, rungs };
  const result: Record<string, unknown> = { ...files };
  for (const { path, after } of applied.files) {
    if (after === undefined) delete result[path];
    else result[path] = after;
  }
  return { result, rungs };
}

function readRow(edit: unknown, format: string | undefined, tool: string | undefined): ReadEdits {
  if (format === 'find_replace' || typeof edit !== 'string') return readFindReplace(edit, tool);
  if (edit.trim() === '') return { error: noEdit() };
  return readEdits(edit, formats.find(([name]) => name.test(format ?? ''))?.[1]);
}

/** `./a.ts` is `a.ts`. */
function withPlainPath(edit: FileEdit): FileEdit {
  const plain = (path: string): string => path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const path = edit.path === undefined ? {} : { path: plain(edit.path) };
  return edit.kind === 'change' && edit.moveTo !== undefined
    ? { ...edit, ...path, moveTo: plain(edit.moveTo) }
    : { ...edit, ...path };
}

/** One text is the file whatever the reply calls it. */
function withoutPath(edit: FileEdit, line: number | undefined): FileEdit {
  switch (edit.kind) {
    case 'change': {
      const hunks = edit.hunks.map(
        (hunk): Hunk => (line === undefined || hunk.line !== undefined ? hunk : { ...hunk, line }),
      );
      return { kind: 'change', hunks, ...(edit.endsWithNewline && { endsWithNewline: true }) };
    }
    case 'write':
      return { kind: 'write', text: edit.text, onlyNew: edit.onlyNew };
    case 'delete':
      return { ...edit, path: '' };
  }
}

function editOptions(options: unknown): EditOptions {
  const fuzzyThreshold = numberAt(options, 'fuzzyThreshold');
  const linesAround = numberAt(options, 'bufferLines');
  return {
    ...(fuzzyThreshold !== undefined && { fuzzyThreshold }),
    ...(linesAround !== undefined && { linesAround }),
  };
}

function lineOf(options: unknown): number | undefined {
  const [line] = arrayAt(options, 'start_end_line');
  return typeof line === 'number' ? line : undefined;
}

function ownText(files: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const text = Object.hasOwn(files, path) ? files[path] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function told({ code, message, path, hunk }: EditError): unknown {
  return { code, message, ...(path !== undefined && path !== '' && { path }), ...(hunk !== undefined && { hunk }) };
}
