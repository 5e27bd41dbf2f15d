import { expect, it } from 'vitest';
import { type Mention, mentionText, readMention } from '../../src/context/mention.ts';

const mentions: readonly Mention[] = [
  { kind: 'file', uri: 'file:///a.ts' },
  { kind: 'file', uri: 'file:///a.ts', lines: { first: 3, last: 4 } },
  { kind: 'folder', uri: 'file:///a' },
  { kind: 'symbol', uri: 'file:///a.ts', name: 'add', line: 7 },
  { kind: 'editor' },
  { kind: 'selection' },
  { kind: 'editors' },
  { kind: 'problems' },
  { kind: 'problems', uri: 'file:///a.ts' },
  { kind: 'changes', staged: true },
  { kind: 'commit', repository: 'file:///', hash: 'abcdef0123', title: 'Add' },
  { kind: 'terminal' },
  { kind: 'page', url: 'https://example.com/' },
  { kind: 'image' },
];

it.each(mentions)('comes back as it went: $kind', (mention) => {
  expect(readMention(mentionText(mention))).toEqual(mention);
});

it.each([
  ['no JSON', '{'],
  ['no kind', '{}'],
  ['an unknown kind', '{"kind":"all"}'],
  ['a file without address', '{"kind":"file"}'],
  ['a symbol without line', '{"kind":"symbol","uri":"file:///a","name":"a"}'],
  ['a commit that is an option of git', '{"kind":"commit","repository":"file:///","title":"","hash":"--output=x"}'],
])('%s is none', (_what, text) => {
  expect(readMention(text)).toBeUndefined();
});

it('lines that are none are left out', () => {
  expect(readMention('{"kind":"file","uri":"file:///a","lines":{"first":4,"last":3}}')).toEqual({
    ...{ kind: 'file', uri: 'file:///a' },
  });
});
