// Replies made to freeze a page: the longest task of each, come at once and come in pieces.
import type { Browser, Page } from 'playwright-core';
import type { MessageView } from '../../../src/protocol/chat-view.ts';
import { openChatPage } from '../../../test/webview/support/chat-page.ts';
import { assistant, chat } from '../../../test/webview/support/views.ts';
import { printFigure } from '../figure.ts';
import { longest, seen, watch } from './watch.ts';

const limit = 100;

/** `letters`: as many have to be in the page before it is taken for drawn. */
const replies: readonly { readonly what: string; readonly text: string; readonly letters: number }[] = [
  { what: 'one line of 1 MB', text: 'word '.repeat(200_000), letters: 999_000 },
  { what: 'one word of 1 MB', text: 'x'.repeat(1_000_000), letters: 999_000 },
  { what: '10,000 items', text: '- an item of the list\n'.repeat(10_000), letters: 190_000 },
  { what: '10,000 quotations in each other', text: `${'>'.repeat(10_000)} deep`, letters: 3 },
  { what: '1,000 lists in each other', text: nested(1000), letters: 900 },
  { what: 'a fence never closed', text: `\`\`\`js\n${'let a = 1;\n'.repeat(20_000)}`, letters: 190_000 },
  { what: '1 MB of one line of code', text: `\`\`\`js\n${'a+'.repeat(500_000)}\n\`\`\``, letters: 10_000 },
  { what: 'brackets', text: '['.repeat(50_000), letters: 49_000 },
  { what: 'stars', text: '*a '.repeat(20_000), letters: 39_000 },
  { what: 'ANSI escapes', text: '\u001b[31mred\u001b[0m '.repeat(10_000), letters: 39_000 },
  { what: 'a table of 10,000 rows', text: `|a|b|\n|-|-|\n${'|cell|cell|\n'.repeat(10_000)}`, letters: 70_000 },
  { what: 'tags in each other', text: '<details><b>'.repeat(5000), letters: 0 },
  { what: 'links never closed', text: '[a](b '.repeat(10_000), letters: 50_000 },
  { what: 'backticks', text: Array.from({ length: 300 }, (_, nth) => `${'`'.repeat(nth)} `).join(''), letters: 40_000 },
  { what: 'underlines', text: '_a__b'.repeat(10_000), letters: 40_000 },
  { what: 'dollars', text: '$a '.repeat(20_000), letters: 50_000 },
  { what: '10,000 pieces of code', text: '`code` and `more` '.repeat(5000), letters: 60_000 },
];

function nested(depth: number): string {
  return Array.from({ length: depth }, (_, nth) => `${'  '.repeat(nth)}- x\n`).join('');
}

export async function hostileReplies(browser: Browser, folder: string): Promise<void> {
  for (const { what, text, letters } of replies) {
    const whole = await longestTask(browser, folder, { text, letters, pieces: 1 });
    printFigure({ what: `${what}, whole: longest task`, unit: 'ms', tutti: whole, limit });
    const inPieces = await longestTask(browser, folder, { text, letters, pieces: 50 });
    printFigure({ what: `${what}, in 50 pieces: longest task`, unit: 'ms', tutti: inPieces, limit });
  }
}

interface Arrival {
  readonly text: string;
  readonly letters: number;
  readonly pieces: number;
}

async function longestTask(browser: Browser, folder: string, { text, letters, pieces }: Arrival): Promise<number> {
  await using page = await openChatPage(browser, folder);
  await page.snapshot(chat({ messages: [assistant('a1', '', { state: 'streaming' })], busy: true }));
  await page.page.evaluate((given) => Object.assign(window, { given }), text);
  await watch(page.page);
  await send(page.page, assistant('a1', '', {}), pieces);
  await page.page.waitForFunction(
    (wanted) => (document.querySelector('.markdown')?.textContent?.length ?? 0) >= wanted,
    letters,
    { polling: 250, timeout: 60_000 },
  );
  return longest(await seen(page.page));
}

/** The text that waits in the page, as the host would tell it: a delta a frame, and at the end that it is all. */
const send = (page: Page, done: MessageView, pieces: number): Promise<void> =>
  page.evaluate(
    async ([message, count]) => {
      const text: string = Reflect.get(window, 'given');
      let seq = 1;
      const length = Math.ceil(text.length / count);
      for (let at = 0; at < text.length; at += length) {
        const delta = { type: 'text-appended', messageId: 'a1', part: 'text', text: text.slice(at, at + length) };
        window.postMessage({ type: 'delta', seq: ++seq, delta }, '*');
        await new Promise((drawn) => requestAnimationFrame(drawn));
      }
      const whole = { ...message, parts: [{ type: 'text', text }] };
      window.postMessage({ type: 'delta', seq: ++seq, delta: { type: 'message-changed', message: whole } }, '*');
    },
    [done, pieces] as const,
  );
