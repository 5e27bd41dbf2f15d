// A chat of 2,000 messages: opened, typed into, held in memory.
import type { Browser, CDPSession, Page } from 'playwright-core';
import { windowOf } from '../../../src/chat/message-window.ts';
import type { MessageView } from '../../../src/protocol/chat-view.ts';
import { openChatPage } from '../../../test/webview/support/chat-page.ts';
import { assistant, chat, user } from '../../../test/webview/support/views.ts';
import { median, printFigure } from '../figure.ts';
import { deliver, paragraph } from './deliver.ts';
import { seen, watch } from './watch.ts';

const all: MessageView[] = Array.from({ length: 2000 }, (_, nth) =>
  nth % 2 === 0
    ? user(`m${nth}`, `Question ${nth}`)
    : assistant(`m${nth}`, paragraph.repeat(Math.ceil(5000 / paragraph.length))),
);

export async function longChat(browser: Browser, folder: string): Promise<void> {
  const opened: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < 3; round++) {
    opened.push(await open(browser, folder, windowOf(all)));
    whole.push(await open(browser, folder, { messages: all, earlier: 0 }));
  }
  printFigure({ what: 'a chat of 2,000 messages, 5 MB, opened', unit: 'ms', tutti: median(opened), limit: 300 });
  console.log(`  ${median(whole).toFixed(0)} ms where the whole chat is sent to the page`);
  await using page = await openChatPage(browser, folder);
  await page.snapshot(chat(windowOf(all)));
  await page.testId('composer').focus();
  const inChat = await typed(page.page);
  const inEmpty = await typedInEmptyPage(browser);
  printFigure({
    what: 'computing of the page for a key in that chat, at the worst of 33',
    unit: 'ms',
    tutti: Math.max(...inChat.work),
    limit: 16,
  });
  console.log(`  ${Math.max(...inEmpty.work).toFixed(1)} ms in a page with nothing but a text field`);
  printFigure({
    what: 'from a key to its end, at the worst',
    unit: 'ms',
    tutti: Math.max(...inChat.keys),
    without: Math.max(...inEmpty.keys),
    limit: 16,
  });
  const session = await page.page.context().newCDPSession(page.page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  printFigure({ what: 'heap of the page', unit: 'MB', tutti: usedSize / 1e6, limit: 300 });
}

interface Typed {
  /** What the main thread computes for each key: scripts, styles, layout, painting. */
  readonly work: readonly number[];
  /** From each key to the end of what the page made of it, waiting for the machine included. */
  readonly keys: readonly number[];
}

/** A key at a time, and the page at rest in between: what is counted belongs to the key. */
async function typed(page: Page): Promise<Typed> {
  await watch(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const work: number[] = [];
  for (const key of 'a question typed into a long chat') {
    const before = await taskMs(session);
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    await page.waitForTimeout(50);
    work.push((await taskMs(session)) - before);
  }
  return { work, keys: (await seen(page)).keys };
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

async function typedInEmptyPage(browser: Browser): Promise<Typed> {
  await using page = await browser.newPage();
  await page.setContent('<textarea></textarea>');
  await page.locator('textarea').focus();
  return await typed(page);
}

/** Milliseconds from the snapshot to the frame after it was drawn. */
async function open(
  browser: Browser,
  folder: string,
  part: Pick<ReturnType<typeof windowOf>, 'messages' | 'earlier'>,
): Promise<number> {
  await using page = await openChatPage(browser, folder);
  return await deliver(page.page, { type: 'snapshot', seq: 1, view: chat({ ...part }) });
}
