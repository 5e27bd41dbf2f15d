import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentFile, type TextSource } from '../../src/context/current-file.ts';

const source = (text: string): TextSource => ({
  length: text.length,
  text: (start, end) => text.slice(Math.max(0, start), Math.max(0, end)),
});
const size = { prefixCharacters: 400, suffixCharacters: 120 };
const lines = Array.from({ length: 200 }, (_, index) => `const value${index} = ${index};\n`).join('');

describe('the window around the cursor', () => {
  it('is the whole of a small file', () => {
    expect(currentFile(source('one\ntwo\n'), 4, size)).toEqual({ prefix: 'one\n', suffix: 'two\n' });
  });

  it('begins and ends with whole lines', () => {
    const { prefix, suffix } = currentFile(source(lines), 2000, size);
    expect(prefix).toMatch(/^const value/);
    expect(suffix).toMatch(/\n$/);
  });

  it('has line ends of one kind', () => {
    expect(currentFile(source('a\r\nb\r\nc'), 3, size)).toEqual({ prefix: 'a\n', suffix: 'b\nc' });
  });

  it('cuts a line that is longer than the window', () => {
    const { prefix, suffix } = currentFile(source('x'.repeat(5000)), 2500, size);
    expect(prefix.length).toBeGreaterThanOrEqual(300);
    expect(suffix).toHaveLength(120);
  });

  it('is never larger than asked for, ends at the cursor, and begins there', () => {
    fc.assert(
      fc.property(fc.nat(lines.length), (offset) => {
        const { prefix, suffix } = currentFile(source(lines), offset, size);
        expect(prefix.length).toBeLessThanOrEqual(400);
        expect(lines.slice(0, offset).endsWith(prefix)).toBe(true);
        expect(lines.slice(offset).startsWith(suffix)).toBe(true);
        expect(suffix.length).toBeLessThanOrEqual(120);
        if (offset > 400) expect(prefix.length).toBeGreaterThan(200);
      }),
    );
  });

  it('keeps its head while a few lines are typed', () => {
    const heads = new Set<string>();
    for (let typed = 0; typed < 60; typed++) {
      const text = `${lines.slice(0, 2000)}${'y'.repeat(typed)}${lines.slice(2000)}`;
      heads.add(currentFile(source(text), 2000 + typed, size).prefix.slice(0, 200));
    }
    expect(heads.size).toBeLessThanOrEqual(2);
  });
});
