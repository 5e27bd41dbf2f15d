import { expect, it } from 'vitest';
import { terminalText } from '../../src/context/terminal-text.ts';

it.each([
  ['colours', '\x1b[31mred\x1b[0m', 'red'],
  ['titles and marks of shell integration', '\x1b]0;title\x07\x1b]633;C\x1b\\out\r\n', 'out'],
  ['overwritten lines', '10 %\r50 %\rdone\r\nnext', 'done\nnext'],
  ['bells and other controls', 'a\x07b\x00', 'ab'],
  ['tabs stay', 'a\tb', 'a\tb'],
])('%s', (_what, sent, expected) => {
  expect(terminalText(sent)).toBe(expected);
});
