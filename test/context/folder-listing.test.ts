import { expect, it } from 'vitest';
import { folderListing } from '../../src/context/folder-listing.ts';

it('names each folder once, files before the folders beside them', () => {
  const paths = ['b/c/d.ts', 'z.ts', 'b/a.ts', 'a.ts', 'b/c/a.ts', 'bb/a.ts'];
  expect(folderListing('src', paths).split('\n')).toEqual([
    'src/',
    '  a.ts',
    '  z.ts',
    '  b/',
    '    a.ts',
    '    c/',
    '      a.ts',
    '      d.ts',
    '  bb/',
    '    a.ts',
  ]);
});
