import { lineFeeds } from '../util/line-feeds.ts';
import { applyHunks, smallestChange } from './apply-hunks.ts';
import type { EditError, EditOptions, FileEdit, Rung, TextChange } from './edit.ts';
import { fileExists, linesLeftOut, noSuchFile } from './edit-words.ts';
import { leftOut } from './left-out.ts';
import { SourceLines } from './source-lines.ts';

/** What becomes of one file. */
export interface FileResult {
  readonly path: string;
  /** Absent = there was none. */
  readonly before?: string;
  /** Absent = the file is deleted. */
  readonly after?: string;
  /** What makes the text after of the text before. */
  readonly changes: readonly TextChange[];
  readonly rungs: readonly Rung[];
  /** The file this one was until now, by another name. */
  readonly movedFrom?: string;
}

export type AppliedEdits = { readonly files: readonly FileResult[] } | { readonly error: EditError };

/**
 * All edits of a reply, or none. `read` gives a file's text, undefined where there is no such file; an edit that names
 * no file is one of `atHand`.
 */
export function applyEdits(
  edits: readonly FileEdit[],
  read: (path: string) => string | undefined,
  { atHand = '', ...options }: EditOptions & { readonly atHand?: string } = {},
): AppliedEdits {
  const results = new Map<string, FileResult>();
  const before = (path: string): string | undefined => {
    const known = results.get(path);
    return known ? known.after : read(path);
  };
  for (const edit of edits) {
    const path = edit.path ?? atHand;
    const text = before(path);
    const applied = applyToFile(edit, path, text, options);
    if ('error' in applied) return { error: { ...applied.error, path } };
    const target = edit.kind === 'change' && edit.moveTo !== undefined ? edit.moveTo : path;
    const first = results.get(path);
    const original = first ? first.before : text;
    if (target !== path) {
      results.set(path, { path, ...(original !== undefined && { before: original }), changes: [], rungs: [] });
      const replaced = before(target);
      results.set(target, {
        path: target,
        ...(replaced !== undefined && { before: replaced }),
        ...applied,
        changes: replaced === undefined ? [] : smallestChange(replaced, applied.after ?? ''),
        movedFrom: path,
      });
    } else {
      results.set(path, {
        path,
        ...(original !== undefined && { before: original }),
        ...applied,
        // A second edit of a file is told by places in what the first one made of it.
        ...(first && { changes: smallestChange(original ?? '', applied.after ?? '') }),
        rungs: [...(first?.rungs ?? []), ...applied.rungs],
      });
    }
  }
  return { files: [...results.values()] };
}

type AppliedFile = { after?: string; changes: readonly TextChange[]; rungs: readonly Rung[] } | { error: EditError };

function applyToFile(edit: FileEdit, path: string, text: string | undefined, options: EditOptions): AppliedFile {
  switch (edit.kind) {
    case 'delete':
      return text === undefined ? { error: noSuchFile(path) } : { changes: [], rungs: [] };
    case 'write': {
      if (edit.onlyNew && text !== undefined && text !== '') return { error: fileExists(path) };
      const before = text ?? '';
      const elided = leftOut(new SourceLines(before), { search: before, replace: edit.text });
      return elided === undefined ? written(before, edit.text) : { error: linesLeftOut(elided) };
    }
    case 'change': {
      // A hunk that looks for nothing makes a file that is not there.
      const makesFile = text === undefined && edit.hunks.length === 1 && edit.hunks[0]?.search === '';
      if (text === undefined && !makesFile) return { error: noSuchFile(path) };
      const applied = applyHunks(text ?? '', edit.hunks, options);
      if ('error' in applied) return applied;
      const { changes, rungs } = applied;
      const after = edit.endsWithNewline ? endedAsAsked(text ?? '', applied.text, changes) : applied.text;
      return {
        after,
        changes: after === applied.text ? changes : [{ start: 0, end: (text ?? '').length, text: after }],
        rungs,
      };
    }
  }
}

/** A whole file keeps the line ends it had. */
function written(
  before: string,
  text: string,
): { after: string; changes: readonly TextChange[]; rungs: readonly Rung[] } {
  const end = new SourceLines(before).usualEnd;
  const after = end === '\n' ? text : lineFeeds(text).replaceAll('\n', end);
  return { after, changes: smallestChange(before, after), rungs: [] };
}

/** With a last line that was touched, some formats end the file with a line end. */
function endedAsAsked(before: string, after: string, changes: readonly TextChange[]): string {
  const last = changes.at(-1);
  const touchesEnd = last !== undefined && last.end === before.length;
  return touchesEnd && after !== '' && !/[\r\n]$/.test(after) ? `${after}\n` : after;
}
