import { describe, expect, it } from 'vitest';
import { pathInLine } from '../../../src/edits/read/path-line.ts';

describe('the path in a line before an edit', () => {
  const check = (expected: string | undefined, ...lines: readonly string[]): void => {
    it.each(lines)('%j', (line) => expect(pathInLine(line)).toBe(expected));
  };
  check(
    'src/a.ts',
    ...['src/a.ts', 'src/a.ts:', '**src/a.ts**', '**src/a.ts:**', '**src/a.ts**:', '`src/a.ts`', '**`src/a.ts`**:'],
    ...['### src/a.ts', '#### `src/a.ts`', '1. `src/a.ts`', '2) **src/a.ts**', '- src/a.ts', '> src/a.ts'],
    ...['File: src/a.ts', '**File:** `src/a.ts`', 'filepath: src/a.ts', '**Path**: src/a.ts', 'Filename: "src/a.ts"'],
    ...['// src/a.ts', '# src/a.ts', '/* src/a.ts */', '<!-- src/a.ts -->', '[src/a.ts](src/a.ts)', '[`src/a.ts`](x):'],
    ...['`src/a.ts` (new)', 'src/a.ts (modified):', 'In `src/a.ts`:', 'Update src/a.ts:', 'Now **src/a.ts**:'],
  );
  check('src/my file.ts', 'src/my file.ts', '`src/my file.ts`');
  check('.env', '.env', '`.env`');
  check('Makefile', 'Makefile', '`Makefile`:');
  check('src\\a.ts', 'src\\a.ts');
  check(
    undefined,
    ...['', 'Done.', 'version 1.2', '1.5', 'See e.g. this', 'I changed foo.ts', 'Rename `a.b` first:', 'Call `a.b`'],
    ...['https://example.test/a.ts', 'Both `src/a.ts` and `src/b.ts`:', 'First comes the long story about src/a.ts:'],
  );
});
