// The chat's page as it is shipped, in Chromium: a long chat opened, typing in it, replies at two speeds, a page loaded anew.
import type { Page } from 'playwright-core';
import { windowOf } from '../../src/chat/message-window.ts';
import type { MessageView } from '../../src/protocol/chat-view.ts';
import type { ToWebview } from '../../src/protocol/to-webview.ts';
import { type ChatPage, launchBrowser, openChatPage } from '../../test/webview/support/chat-page.ts';
import { assistant, chat, user } from '../../test/webview/support/views.ts';
import { buildWebview } from '../../test/webview/support/webview-bundle.ts';
import { median, printFigure } from './figure.ts';

const paragraph =
  'A paragraph with **bold** words, `code` and a [link](https://example.com).\n\n- one item\n- another\n\n```ts\nconst value = compute(other, 42); // why\n```\n\n';
/** About 20,000 tokens. */
const longReply = paragraph.repeat(Math.ceil(80_000 / paragraph.length));
const tokens = longReply.match(/[\s\S]{1,4}/g) ?? [];

const all: MessageView[] = Array.from({ length: 2000 }, (_, nth) =>
  nth % 2 === 0
    ? user(`m${nth}`, `Question ${nth}`)
    : assistant(`m${nth}`, paragraph.repeat(Math.ceil(5000 / paragraph.length))),
);

using bundle = await buildWebview();
const browser = await launchBrowser();
await using _browser = { [Symbol.asyncDispose]: () => browser.close() };

async function openedAndTyped(): Promise<void> {
  const opened: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < 3; round++) {
    opened.push(await open(windowOf(all)));
    whole.push(await open({ messages: all, earlier: 0 }));
  }
  printFigure({ what: 'a chat of 2,000 messages, 5 MB, opened', unit: 'ms', tutti: median(opened), limit: 300 });
  console.log(`  ${median(whole).toFixed(0)} ms where the whole chat is sent to the page`);
  await using page = await openChatPage(browser, bundle.folder);
  await page.snapshot(chat(windowOf(all)));
  await watch(page.page);
  await page.testId('composer').focus();
  await type(page.page);
  const { keys } = await seen(page.page);
  printFigure({ what: 'a key in that chat, at the worst of 33', unit: 'ms', tutti: Math.max(...keys), limit: 16 });
  console.log(`  ${Math.max(...(await keysInEmptyPage())).toFixed(1)} ms in a page with nothing but a text field`);
  const session = await page.page.context().newCDPSession(page.page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  printFigure({ what: 'heap of the page', unit: 'MB', tutti: usedSize / 1e6, limit: 300 });
}

/** Faster than anyone types, and no faster: keys that come in one bundle wait for each other in any page. */
async function type(page: Page): Promise<void> {
  for (const key of 'a question typed into a long chat') {
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    await page.waitForTimeout(20);
  }
}

async function keysInEmptyPage(): Promise<readonly number[]> {
  await using page = await browser.newPage();
  await page.setContent('<textarea></textarea>');
  await watch(page);
  await page.locator('textarea').focus();
  await type(page);
  return (await seen(page)).keys;
}

/** Milliseconds from the snapshot to the frame after it was drawn. */
async function open(part: Pick<ReturnType<typeof windowOf>, 'messages' | 'earlier'>): Promise<number> {
  await using page = await openChatPage(browser, bundle.folder);
  return await deliver(page.page, { type: 'snapshot', seq: 1, view: chat({ ...part }) });
}

function deliver(page: Page, message: ToWebview): Promise<number> {
  return page.evaluate(
    (data) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        window.postMessage(data, '*');
        const look = () =>
          document.querySelector('[data-testid="message"]') === null
            ? requestAnimationFrame(look)
            : requestAnimationFrame(() => resolve(performance.now() - start));
        requestAnimationFrame(look);
      }),
    message,
  );
}

async function streamed(what: string, milliseconds: number): Promise<void> {
  await using page = await openChatPage(browser, bundle.folder);
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
  const { longTasks } = await seen(page.page);
  const plain = await parsedWholeEachFrame(page.page);
  printFigure({ what: `${what}: longest task`, unit: 'ms', tutti: Math.max(0, ...longTasks), limit: 50 });
  console.log(
    `  ${longTasks.length} tasks over 50 ms; ${plain.toFixed(0)} ms for putting the whole text into the page once, as plain text`,
  );
  if (milliseconds > 1000) {
    printFigure({ what: `${what}: drawn after the last byte`, unit: 'ms', tutti: result.sinceLast, limit: 250 });
  } else {
    printFigure({ what: `${what}: first words`, unit: 'ms', tutti: result.first, limit: 150 });
    printFigure({ what: `${what}: all drawn`, unit: 'ms', tutti: result.sinceStart, limit: 1000 });
  }
}

async function loadedAnew(): Promise<void> {
  await using page = await openChatPage(browser, bundle.folder);
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

const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const found = { longTasks: [] as number[], keys: [] as number[] };
    Object.assign(window, { found });
    new PerformanceObserver((list) =>
      found.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
    });
    addEventListener(
      'keydown',
      // From the key itself: what keeps the page from hearing of it counts, too.
      ({ timeStamp }) => setTimeout(() => found.keys.push(performance.now() - timeStamp)),
      true,
    );
  });

const seen = (page: Page): Promise<{ readonly longTasks: readonly number[]; readonly keys: readonly number[] }> =>
  page.evaluate(async () => {
    await new Promise((rest) => setTimeout(rest, 100));
    return Reflect.get(window, 'found');
  });

await openedAndTyped();
await streamed('20,000 tokens at 1,000 a second', 20_000);
await streamed('20,000 tokens in 0.1 s', 100);
await loadedAnew();
