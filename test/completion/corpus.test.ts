import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer } from '../../scripts/try/completion.ts';
import { isObject, parseJson, stringAt } from '../../src/util/json.ts';

const path = resolve(import.meta.dirname, '../../../shared/corpora/completions/continue_filtering.jsonl');
const rows = existsSync(path)
  ? readFileSync(path, 'utf8')
      .split('\n')
      .map(parseJson)
      .filter((row) => isObject(row))
  : [];

describe('recorded answers of models', () => {
  if (rows.length === 0) it.skip('are replayed: the corpora are not beside this checkout', () => undefined);

  it.each(rows)('$description ($filename)', async (row) => {
    const shown = stringAt(await answer(row), 'text') ?? '';
    // The one difference a valid text may show is at its blank end.
    expect(shown.trimEnd()).toBe((stringAt(row, 'expectedCompletion') ?? '').trimEnd());
  });
});
