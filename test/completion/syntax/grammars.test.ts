import { describe, expect, it } from 'vitest';
import { Grammars, grammarOf } from '../../../src/host/grammars.ts';
import { grammarFor } from '../grammars-for-tests.ts';

describe('grammars', () => {
  it.each(Object.keys(grammarOf))('of %s can be read', async (languageId) => {
    const reader = await grammarFor(languageId);
    const tree = reader.parse('a');
    expect(tree?.root.endIndex).toBe(1);
    tree?.close();
  });

  it('reads a longer text from the tree of a shorter one as it would read it afresh', async () => {
    const reader = await grammarFor('typescript');
    const longer = 'function f() {\n  é(`${a}`);\n  b();\n}\nc();\n';
    const again = reader.parse(longer, reader.parse('function f() {\n  é(`${a}`);\n}\n'));
    const afresh = reader.parse(longer);
    expect(again?.root.childCount).toBe(2);
    expect(again?.root.child(1)?.startIndex).toBe(afresh?.root.child(1)?.startIndex);
    expect(again?.root.hasError).toBe(false);
  });

  it('are loaded once, by the first who asks, who does not wait', async () => {
    const opened: string[] = [];
    const reader = await grammarFor('css');
    const grammars = new Grammars(
      async (languageId) => {
        opened.push(languageId);
        return reader;
      },
      () => undefined,
    );
    expect([grammars.readerFor('css'), grammars.readerFor('css'), grammars.readerFor('klingon')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await expect.poll(() => grammars.readerFor('css')).toBe(reader);
    expect(opened).toEqual(['css']);
  });

  it('that cannot be loaded are reported once and not asked for again', async () => {
    const reported: string[] = [];
    const grammars = new Grammars(
      () => Promise.reject(new Error('no such file')),
      (message) => reported.push(message),
    );
    grammars.readerFor('go');
    await expect.poll(() => reported).toHaveLength(1);
    expect(grammars.readerFor('go')).toBeUndefined();
    expect(reported).toEqual([expect.stringContaining('go cannot be loaded')]);
  });
});
