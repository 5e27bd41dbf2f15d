import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutEscapes } from '../../../src/webview/markdown/terminal-escapes.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat } from '../support/views.ts';

const open = useChatPages();

describe('escapes of a terminal in a reply', () => {
  function check(given: string, expected: string) {
    it(`${JSON.stringify(given)} reads ${JSON.stringify(expected)}`, () =>
      expect(withoutEscapes(given)).toBe(expected));
  }

  check('no escapes: [31m stays', 'no escapes: [31m stays');
  check('\u001b[1;31mred\u001b[0m and plain', 'red and plain');
  check('\u009b31mred', 'red');
  check('\u001b[?25l\u001b[2Jgone\u001b[10;20H', 'gone');
  check('\u001b]0;a title\u0007text', 'text');
  check('\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link');
  check('\u001bPdcs\u001b\\text', 'text');
  check('\u001b(Bascii', 'ascii');
  check('\u001bcreset', 'reset');
  check('on its way: \u001b[3', 'on its way: ');
  check('on its way: \u001b]8;;https://exam', 'on its way: ');
  check('at its end: \u001b', 'at its end: ');
  check('\u001b]never closed\nnext line', ']never closed\nnext line');

  it('leaves nothing a terminal obeys, whatever it is given', () => {
    const pieces = fc.constantFrom('\u001b', '[', ']', '0;', 'm', '\u0007', '\\', 'P', 'x', ' ', '(', '\u009b', '\n');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (given) => {
        const left = withoutEscapes(given.join(''));
        expect(left.includes('\u001b') || left.includes('\u009b')).toBe(false);
      }),
    );
  });

  it('are neither drawn nor copied', async () => {
    await using page = await open();
    const text = 'Say \u001b[31mred\u001b[0m\n\n```\n\u001b]0;title\u0007make\n```';
    await page.snapshot(chat({ messages: [assistant('a1', text)] }));
    await expect.poll(() => page.page.locator('.markdown p').textContent()).toBe('Say red');
    expect(await page.page.locator('.code-block code').textContent()).toBe('make');
    await page.posted();
    await page.testId('code-copy').click();
    await page.page.getByRole('button', { name: 'Copy reply' }).click();
    expect(await page.posted()).toEqual([
      { type: 'copy', text: 'make' },
      { type: 'copy', text: 'Say red\n\n```\nmake\n```' },
    ]);
  });
});
