// A reply of 20,000 tokens at two speeds, and a page that is loaded anew in it.
import type { Browser } from 'playwright-core';
import { type ChatPage, openChatPage } from '../../../test/webview/support/chat-page.ts';
import { assistant, chat, user } from '../../../test/webview/support/views.ts';
import { median, printFigure } from '../figure.ts';
import { deliver, paragraph } from './deliver.ts';
import { longest, seen, watch } from './watch.ts';

/** About 20,000 tokens. */
const longReply = paragraph.repeat(Math.ceil(80_000 / paragraph.length));
const tokens = longReply.match(/[\s\S]{1,4}/g) ?? [];

export async function longReplies(browser: Browser, folder: string): Promise<void> {
  const { longestTask, sinceLast } = await streamed(browser, folder, 20_000);
  const slowly = '20,000 tokens at 1,000 a second';
  printFigure({ what: `${slowly}: longest task`, unit: 'ms', tutti: longestTask, limit: 50 });
  printFigure({ what: `${slowly}: drawn after the last byte`, unit: 'ms', tutti: sinceLast, limit: 250 });
  const rounds: Streamed[] = [];
  for (let round = 0; round < 3; round++) rounds.push(await streamed(browser, folder, 100));
  const of = (read: (round: Streamed) => number): number => median(rounds.map(read));
  const atOnce = '20,000 tokens in 0.1 s, median of 3';
  printFigure({ what: `${atOnce}: longest task`, unit: 'ms', tutti: of((round) => round.longestTask), limit: 50 });
  printFigure({ what: `${atOnce}: first words`, unit: 'ms', tutti: of(({ first }) => first), limit: 150 });
  printFigure({ what: `${atOnce}: all drawn`, unit: 'ms', tutti: of(({ sinceStart }) => sinceStart), limit: 1000 });
  await loadedAnew(browser, folder);
}

/** In milliseconds; a task counts when it takes longer than 50. */
interface Streamed {
  readonly first: number;
  readonly sinceStart: number;
  readonly sinceLast: number;
  readonly longestTask: number;
}

async function streamed(browser: Browser, folder: string, milliseconds: number): Promise<Streamed> {
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
  return { ...result, longestTask: longest(await seen(page.page)) };
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
