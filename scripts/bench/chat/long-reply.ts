// A reply of 20,000 tokens at two speeds, and a page that is loaded anew in it.
import type { Browser, Page } from 'playwright-core';
import { type ChatPage, openChatPage } from '../../../test/webview/support/chat-page.ts';
import { assistant, chat, user } from '../../../test/webview/support/views.ts';
import { printFigure } from '../figure.ts';
import { deliver, paragraph } from './deliver.ts';
import { longest, seen, watch } from './watch.ts';

/** About 20,000 tokens. */
const longReply = paragraph.repeat(Math.ceil(80_000 / paragraph.length));
const tokens = longReply.match(/[\s\S]{1,4}/g) ?? [];

export async function longReplies(browser: Browser, folder: string): Promise<void> {
  await streamed(browser, folder, '20,000 tokens at 1,000 a second', 20_000);
  await streamed(browser, folder, '20,000 tokens in 0.1 s', 100);
  await loadedAnew(browser, folder);
}

async function streamed(browser: Browser, folder: string, what: string, milliseconds: number): Promise<void> {
  await using page = await openChatPage(browser, folder);
  await begin(page);
  await watch(page.page);
  const result = await page.page.evaluate(
    async ({ pieces, ms }) => {
      const start = performance.now();
      const text = () => document.querySelector('.markdown')?.textContent?.length ?? 0;
      let firstAt: number | undefined;
      let [at, seq] = [0, 1];
      while (at < pieces.length) {
        await new Promise((next) => setTimeout(next, 16));
        const due = Math.min(pieces.length, Math.ceil((pieces.length * (performance.now() - start)) / ms));
        const delta = { type: 'text-appended', messageId: 'a1', part: 'text', text: pieces.slice(at, due).join('') };
        at = due;
        window.postMessage({ type: 'delta', seq: ++seq, delta }, '*');
        await new Promise((drawn) => requestAnimationFrame(drawn));
        if (firstAt === undefined && text() > 0) firstAt = performance.now() - start;
      }
      const lastSent = performance.now();
      const blocks = pieces.join('').split('```ts').length - 1;
      while (document.querySelectorAll('.code-block').length < blocks)
        await new Promise((drawn) => requestAnimationFrame(drawn));
      return { first: firstAt ?? 0, sinceStart: performance.now() - start, sinceLast: performance.now() - lastSent };
    },
    { pieces: tokens, ms: milliseconds },
  );
  const found = await seen(page.page);
  const plain = await parsedWholeEachFrame(page.page);
  printFigure({ what: `${what}: longest task`, unit: 'ms', tutti: longest(found), limit: 50 });
  console.log(
    `  ${found.longTasks.length} tasks over 50 ms; ${plain.toFixed(0)} ms for putting the whole text into the page once, as plain text`,
  );
  if (milliseconds > 1000) {
    printFigure({ what: `${what}: drawn after the last byte`, unit: 'ms', tutti: result.sinceLast, limit: 250 });
  } else {
    printFigure({ what: `${what}: first words`, unit: 'ms', tutti: result.first, limit: 150 });
    printFigure({ what: `${what}: all drawn`, unit: 'ms', tutti: result.sinceStart, limit: 1000 });
  }
}

async function loadedAnew(browser: Browser, folder: string): Promise<void> {
  await using page = await openChatPage(browser, folder);
  await begin(page);
  const half = longReply.slice(0, longReply.length / 2);
  const start = performance.now();
  await page.page.reload();
  await deliver(page.page, {
    type: 'snapshot',
    seq: 1,
    view: chat({ messages: [user('u1', 'Hi'), assistant('a1', half, { state: 'streaming' })], busy: true }),
  });
  printFigure({ what: 'the page loaded anew in a reply', unit: 'ms', tutti: performance.now() - start, limit: 2000 });
}

const begin = (page: ChatPage): Promise<void> =>
  page.snapshot(chat({ messages: [user('u1', 'Hi'), assistant('a1', '', { state: 'streaming' })], busy: true }));

/** What putting a text into a page takes at the least. */
const parsedWholeEachFrame = (page: Page): Promise<number> =>
  page.evaluate((text) => {
    const start = performance.now();
    const box = document.createElement('pre');
    box.textContent = text;
    document.documentElement.append(box);
    box.getBoundingClientRect();
    box.remove();
    return performance.now() - start;
  }, longReply);
