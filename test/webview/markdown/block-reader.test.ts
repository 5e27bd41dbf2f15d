import fc from 'fast-check';
import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import {
  type BlockReader,
  createBlockReader,
  type Lex,
  type Reading,
} from '../../../src/webview/markdown/block-reader.ts';
import type { Limits } from '../../../src/webview/markdown/long-blocks.ts';
import { blockToHtml, lex } from '../../../src/webview/markdown/to-html.ts';

const blocksOf = (reading: Reading): readonly Token[] => reading.groups.flat();
const htmlOf = (reading: Reading): string => blocksOf(reading).map(blockToHtml).join('');

/** Feeds `text` in pieces of the given sizes, over and over, and returns what it looks like in the end. */
function streamed(text: string, sizes: readonly number[], lexer: Lex = lex, limits?: Limits): string {
  const read = createBlockReader(lexer, limits);
  for (let at = 0, turn = 0; at < text.length; turn++) {
    at += Math.max(1, sizes[turn % sizes.length] ?? 1);
    read(text.slice(0, at), false);
  }
  return htmlOf(toEnd(read, text));
}

function toEnd(read: BlockReader, text: string): Reading {
  let reading = read(text, true);
  while (reading.more) reading = read(text, true);
  return reading;
}

const whole = (text: string, limits?: Limits): string => htmlOf(toEnd(createBlockReader(lex, limits), text));

/** Pieces of Markdown whose meaning depends on what comes before and after. */
const pieces = [
  ...[
    'word',
    ' ',
    '\n',
    '\n\n',
    '- item',
    '  - inner',
    '1. one',
    '# head',
    '```',
    '```js\n',
    '~~~\n',
    '````\n',
    '> quote',
  ],
  ...[
    '| a | b |\n',
    '|---|---|\n',
    '| 1 | 2 |\n',
    '===\n',
    '---\n',
    '    code\n',
    '<div>',
    '</div>\n',
    '<!--',
    '-->',
    '**',
    '`',
  ],
  ...[
    '[x]: https://example.com\n',
    '[x]',
    '![a](b)',
    '\r\n',
    '\r',
    '\t',
    '$$',
    '$$\n',
    '$',
    '\\[',
    '\\]',
    '\n- ',
    '\n2. ',
    '\\',
    '&amp;',
    '<b>',
    '</b>',
  ],
];

const longPieces = [
  '- an item\n',
  '3. an item\n',
  '| 1 | 2 |\n',
  '| a | b |\n|---|---|\n',
  'word ',
  'a line of words\n',
  '> quote\n',
  '\n',
];

describe('block reader', () => {
  it('understands a text read in pieces as it understands it whole', () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join(''));
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, sizes, (markdown, by) => {
        expect(streamed(markdown, by)).toBe(whole(markdown));
      }),
      { numRuns: 2000 },
    );
  });

  it('cuts long blocks at the same places however the text comes', () => {
    // Everything is long here, so that pieces of a few letters make long lists, tables and paragraphs.
    const tiny: Limits = { slice: 2000, text: 40, item: 60, list: 30, table: 60 };
    const run = fc.tuple(
      fc.constantFrom(...pieces.filter((piece) => !/\$|\\[[\]]/.test(piece)), ...longPieces),
      fc.integer({ min: 1, max: 12 }),
    );
    const text = fc
      .array(run, { maxLength: 14 })
      .map((list) => list.map(([piece, times]) => piece.repeat(times)).join(''));
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, sizes, (markdown, by) => {
        expect(streamed(markdown, by, lex, tiny)).toBe(whole(markdown, { ...tiny, slice: 1_000_000 }));
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same for text whose lines end with CR LF', () => {
    const text = '# Head\n\n- a\n- b\n\n```js\nlet a\n```\n\nEnd\n';
    expect(whole(text.replaceAll('\n', '\r\n'))).toBe(whole(text));
  });

  it('keeps finished blocks as they are while the last one grows', () => {
    const read = createBlockReader(lex);
    const before = blocksOf(read('# Head\n\nFirst\n\nSec', false));
    const after = blocksOf(read('# Head\n\nFirst\n\nSecond', false));
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    for (const [index, block] of before.slice(0, -1).entries()) expect(after[index]).toBe(block);
  });

  it('shows the code of a fence that is still open, without the fence on its way', () => {
    const read = createBlockReader(lex);
    read('```ts\nlet a', false);
    expect(blocksOf(read('```ts\nlet a = 1;\n``', false))).toMatchObject([
      { type: 'code', lang: 'ts', text: 'let a = 1;' },
    ]);
    const closed = blocksOf(read('```ts\nlet a = 1;\n```\n\nDone', false));
    expect(closed.map((block) => block.type)).toEqual(['code', 'paragraph']);
  });

  it('resolves a link whose definition comes later, once the text is complete', () => {
    expect(streamed('See [it].\n\n[it]: https://example.com\n', [5])).toContain('href="https://example.com"');
  });

  it('starts over when the text is another one', () => {
    const read = createBlockReader(lex);
    read('# One\n\nTwo', true);
    expect(htmlOf(read('Three', true))).toBe(whole('Three'));
    expect(htmlOf(read('Three\n\nFour', false))).toBe(whole('Three\n\nFour'));
  });

  it('does not read a complete text twice', () => {
    const read = createBlockReader(lex);
    expect(read('a\n\nb', true)).toBe(read('a\n\nb', true));
  });
});

describe('work for a reply of 100 KB in pieces of 60 letters', () => {
  const size = 100_000;
  const fill = (line: string): string => line.repeat(Math.ceil(size / line.length)).slice(0, size);

  function check(what: string, text: string, timesTheText: number): void {
    it(`${what}: reads at most ${timesTheText} times its length`, () => {
      let letters = 0;
      let most = 0;
      const counted: Lex = (source, links) => {
        letters += source.length;
        most = Math.max(most, source.length);
        return lex(source, links);
      };
      expect(streamed(text, [60], counted)).toBe(whole(text));
      expect(letters / text.length).toBeLessThan(timesTheText);
      // Code is looked through once more when its end has come.
      if (!text.startsWith('```')) expect(most).toBeLessThan(32_000);
    });
  }

  check('paragraphs', fill('A paragraph of some length that ends here, as they do.\n\n'), 5);
  check('short code blocks', fill('Text:\n\n```js\nlet a = 1;\nlet b = 2;\n```\n\n'), 5);
  check('one code block', `\`\`\`ts\n${fill('const value = compute(other, 42);\n')}\n\`\`\`\n`, 3);
  check('one code block that is never closed', `\`\`\`ts\n${fill('const value = compute(other, 42);\n')}`, 3);
  check('one list', fill('- an item of the list\n'), 40);
  check('one table', `| a | b |\n|---|---|\n${fill('| one | two |\n')}`, 40);
  check('one line', fill('word '), 25);
});
