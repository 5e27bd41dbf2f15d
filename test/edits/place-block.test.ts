import { describe, expect, it } from 'vitest';
import { applyHunks } from '../../src/edits/apply-hunks.ts';
import { placeBlock } from '../../src/edits/place-block.ts';

const file = [
  'import a;',
  '',
  'class Cart {',
  '  total() {',
  '    let sum = 0;',
  '    for (const item of this.items) {',
  '      sum += item.price;',
  '    }',
  '    return sum;',
  '  }',
  '',
  '  clear() {',
  '    this.items = [];',
  '  }',
  '}',
  '',
].join('\n');

describe('a code block finds its place by its first and last line', () => {
  const check = (name: string, block: string, expected: string | undefined): void =>
    it(name, () => {
      const hunks = placeBlock(file, block);
      const applied = hunks && applyHunks(file, hunks);
      expect(applied && ('error' in applied ? applied.error : applied.text)).toBe(expected);
    });

  check(
    'a method, shown further left',
    'total() {\n  return this.items.reduce((sum, item) => sum + item.price, 0);\n}\n',
    file.replace(
      / {4}let sum[\s\S]*?return sum;\n/,
      '    return this.items.reduce((sum, item) => sum + item.price, 0);\n',
    ),
  );
  check(
    'parts between elisions',
    'class Cart {\n  // ... existing code ...\n  clear() {\n    this.items.length = 0;\n  }\n}\n',
    file.replace('this.items = []', 'this.items.length = 0'),
  );
  check(
    'an elision before and after',
    '// ...\n  clear() {\n    this.items.length = 0;\n  }\n// ... rest of the class ...\n',
    file.replace('this.items = []', 'this.items.length = 0'),
  );
  check('what stands there already', '  clear() {\n    this.items = [];\n  }\n', undefined);
  check('a first line the file does not have', 'discount() {\n  return 0;\n}\n', undefined);
  check('a first line without a word', '}\n}\n', undefined);
  check('nothing', '', undefined);
});
