import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answer } from '../../scripts/try/edit.ts';
import { isObject, type JsonObject, parseJson, stringAt } from '../../src/util/json.ts';

const folder = resolve(import.meta.dirname, '../../../shared/corpora/edits');
const files = [
  'aider_real_git',
  'cline_search_replace',
  'cline_search_replace_streaming',
  'codex_apply_patch',
  'copilot_find_replace',
  'roo_edit_tools',
  'roo_multi_search_replace',
  'roo_unified_diff',
];

const rows = files.flatMap((file): readonly JsonObject[] => {
  const path = resolve(folder, `${file}.jsonl`);
  if (!existsSync(path)) return [];
  const found = readFileSync(path, 'utf8').split('\n').map(parseJson).filter(isObject);
  return found.map((row) => ({ ...row, file }));
});
const ofTier = (tier: string): readonly JsonObject[] => rows.filter((row) => row['tier'] === tier);

describe('recorded edits of models', () => {
  if (rows.length === 0) it.skip('are applied: the corpora are not beside this checkout', () => undefined);

  it.each(ofTier('exact'))('$file: $name', async (row) => {
    expect(await answer(row)).toMatchObject({ result: row['expected'] });
  });

  it.each(ofTier('reject'))('$file refuses: $name', async (row) => {
    const before = JSON.stringify(row['original']);
    expect(await answer(row)).toMatchObject({ error: { code: expect.any(String) } });
    expect(JSON.stringify(row['original'])).toBe(before);
  });

  const tolerant = { passed: 0, refused: 0, other: 0 };
  it.each(ofTier('tolerant'))('$file answers: $name', async (row) => {
    const answered = await answer(row);
    const isRefused = isObject(answered) && 'error' in answered;
    if (isRefused) tolerant.refused++;
    else if (JSON.stringify(isObject(answered) && answered['result']) === JSON.stringify(row['expected']))
      tolerant.passed++;
    else tolerant.other++;
    // Nothing but a result or a reason, whatever the row.
    expect(isObject(answered) && (isRefused ? stringAt(answered['error'], 'message') : answered['rungs'])).toBeTruthy();
  });
  afterAll(() => {
    if (ofTier('tolerant').length === 0) return;
    const { passed, refused, other } = tolerant;
    console.log(
      `tolerant rows: ${passed} as recorded, ${refused} refused, ${other} otherwise, of ${passed + refused + other}`,
    );
  });
});
