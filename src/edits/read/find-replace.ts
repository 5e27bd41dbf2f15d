import { arrayAt, booleanAt, isObject, numberAt, parseJson, stringAt } from '../../util/json.ts';
import type { FileEdit, Hunk } from '../edit.ts';
import { malformed, noEdit } from '../edit-words.ts';
import type { ReadEdits } from './format-reader.ts';

interface PairTool {
  readonly name: string;
  /** False = its new text may not be empty: it was left out then, and nothing shall be deleted by that. */
  readonly deletes: boolean;
}

/** Tools that take pairs of text; a reply of no tool, or of another one, may delete. */
const pairTools: readonly PairTool[] = [
  { name: 'edit', deletes: false },
  { name: 'edit_file', deletes: true },
  { name: 'search_replace', deletes: true },
];

/** Pairs of text as tools take them: `{path?, edits: [{old_string, new_string, replace_all?}]}`, as JSON or its text. */
export function readFindReplace(value: unknown, tool?: string): ReadEdits {
  const deletes = pairTools.find(({ name }) => name === tool)?.deletes ?? true;
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  const listed = arrayAt(parsed, 'edits');
  const pairs = listed.length > 0 ? listed : Array.isArray(parsed) ? parsed : [parsed];
  const byPath = new Map<string | undefined, Hunk[]>();
  for (const [index, pair] of pairs.entries()) {
    const hunk = hunkOf(pair);
    if (hunk === undefined) {
      return { error: pairs.length === 1 && !isObject(pair) ? noEdit() : malformed(index + 1, 'no old and new text') };
    }
    if (hunk.replace === '' && !deletes) return { error: malformed(index + 1, 'the new text is missing') };
    const path = pathOf(pair) ?? pathOf(parsed);
    const hunks = byPath.get(path);
    if (hunks) hunks.push(hunk);
    else byPath.set(path, [hunk]);
  }
  const edits = [...byPath].map(
    ([path, hunks]): FileEdit => ({ kind: 'change', ...(path !== undefined && { path }), hunks }),
  );
  return { edits };
}

/** What tools call the two texts. */
const pairNames: readonly (readonly [string, string])[] = [
  ['old_string', 'new_string'],
  ['oldString', 'newString'],
  ['old_str', 'new_str'],
  ['old_text', 'new_text'],
  ['oldText', 'newText'],
  ['search', 'replace'],
  ['find', 'replace'],
];

/** Whether a text is pairs of text to find and to put there, rather than JSON that is meant for a file. */
export function isFindReplace(text: string): boolean {
  const parsed = parseJson(text);
  const listed = arrayAt(parsed, 'edits');
  const pairs = listed.length > 0 ? listed : Array.isArray(parsed) ? parsed : [parsed];
  return pairs.length > 0 && pairs.every((pair) => textsOf(pair) !== undefined);
}

function textsOf(pair: unknown): { readonly search: string; readonly replace: string } | undefined {
  for (const [old, fresh] of pairNames) {
    const [search, replace] = [stringAt(pair, old), stringAt(pair, fresh)];
    if (search !== undefined && replace !== undefined) return { search, replace };
  }
  return undefined;
}

function hunkOf(pair: unknown): Hunk | undefined {
  const texts = textsOf(pair);
  if (texts === undefined) return undefined;
  const all = booleanAt(pair, 'replace_all') ?? booleanAt(pair, 'replaceAll') ?? false;
  const times = numberAt(pair, 'expected_replacements');
  return {
    ...texts,
    within: true,
    mustChange: true,
    ...(all ? { times: 'all' as const } : times !== undefined && { times }),
  };
}

function pathOf(value: unknown): string | undefined {
  return stringAt(value, 'path') ?? stringAt(value, 'file_path') ?? stringAt(value, 'filePath');
}
