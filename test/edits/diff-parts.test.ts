import { describe, expect, it } from 'vitest';
import { diffParts } from '../../src/edits/diff-parts.ts';
import { asAdded, type FileDiff, hunksIn, numbered } from '../../src/edits/file-diff.ts';

const file = (path: string, lines: number): FileDiff => ({
  path,
  change: 'changed',
  hunks: Array.from({ length: lines }, (_, index) => `+line ${index} of it`).join('\n'),
});
const textOf = (parts: readonly (readonly FileDiff[])[], path: string): string =>
  parts
    .flat()
    .filter((piece) => piece.path === path)
    .map(({ hunks }) => hunks)
    .join('\n');
const sizeOf = (part: readonly FileDiff[]): number => part.reduce((sum, { hunks }) => sum + hunks.length, 0);

describe('a diff in parts', () => {
  it('is one part where it fits', () => {
    const files = [file('a.ts', 3), file('b.ts', 4)];
    expect(diffParts(files, 10_000, 8)).toEqual({ parts: [files], cut: [] });
  });

  it('is whole in several parts, none of them longer than there is room', () => {
    const files = [file('a.ts', 100), file('b.ts', 7), file('c.ts', 200)];
    const { parts, cut } = diffParts(files, 2_000, 8);
    expect(cut).toEqual([]);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map(sizeOf).filter((size) => size > 2_000)).toEqual([]);
    for (const { path, hunks } of files) expect(textOf(parts, path)).toBe(hunks);
  });

  it('shows the beginning of each file where there is more than can be read, and says which were cut', () => {
    const files = [file('long.ts', 5_000), file('short.ts', 5), file('longer.ts', 9_000)];
    const { parts, cut } = diffParts(files, 2_000, 3);
    expect(parts.length).toBeLessThanOrEqual(3);
    expect(cut).toEqual(['long.ts', 'longer.ts']);
    expect(textOf(parts, 'short.ts')).toBe(files[1]?.hunks);
    expect(textOf(parts, 'longer.ts')).toMatch(/more lines\)$/);
  });

  it('ends with more files than there is room for', () => {
    const files = Array.from({ length: 500 }, (_, index) => file(`file-${index}.ts`, 20));
    const { parts, cut } = diffParts(files, 1_000, 2);
    expect(parts).toHaveLength(2);
    expect(cut).toHaveLength(500);
  });

  it('without a file has no part', () => {
    expect(diffParts([], 1_000, 8)).toEqual({ parts: [], cut: [] });
  });
});

describe('what changed in a file', () => {
  const diff =
    'diff --git a/a b/a\nindex 1..2 100644\n--- a/a\n+++ b/a\n@@ -3,3 +3,3 @@ f()\n one\n-two\n+zwei\n three\n';

  it('begins at its first hunk', () => {
    expect(hunksIn(diff)).toBe('@@ -3,3 +3,3 @@ f()\n one\n-two\n+zwei\n three');
    expect(hunksIn('diff --git a/a b/a\nBinary files a/a and b/a differ\n')).toBe('(binary)');
    expect(hunksIn('')).toBe('');
  });

  it('has the numbers of the lines that are there', () => {
    expect(numbered(hunksIn(diff)).split('\n').slice(1)).toEqual([
      '    3  one',
      '      -two',
      '    4 +zwei',
      '    5  three',
    ]);
  });

  it('of a new file is all of it, of a picture nothing', () => {
    expect(asAdded('a\r\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b');
    expect(asAdded('PNG\0')).toBe('(binary)');
    expect(asAdded('x'.repeat(9_000)).length).toBeLessThan(600);
  });
});
