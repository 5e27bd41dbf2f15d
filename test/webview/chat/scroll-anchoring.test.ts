import { describe, expect, it } from 'vitest';
import type { Delta } from '../../../src/protocol/to-webview.ts';
import type { ChatPage } from '../support/chat-page.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat, user } from '../support/views.ts';

const open = useChatPages();

const paragraphs = (name: string, count: number): string =>
  Array.from({ length: count }, (_, nth) => `${name} ${nth}: words that fill a line or two of the page.\n\n`).join('');
const code = '```ts\nconst value = compute(other, 42);\nreturn value;\n```\n\n';
const append = (text: string): Delta => ({ type: 'text-appended', messageId: 'a9', part: 'text', text });

/** Frame by frame, where the passage with these words is drawn. */
async function watch(page: ChatPage, words: string): Promise<() => Promise<readonly number[]>> {
  await page.page.evaluate((text) => {
    const passage = [...document.querySelectorAll('p')].find(({ textContent }) => textContent?.startsWith(text));
    const tops: number[] = [];
    // After a frame's own work, as it was painted.
    const look = () =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          tops.push(passage?.getBoundingClientRect().top ?? Number.NaN);
          look();
        }),
      );
    Object.assign(window, { tops });
    look();
  }, words);
  return () => page.page.evaluate(() => Reflect.get(window, 'tops'));
}

async function moved(tops: () => Promise<readonly number[]>): Promise<number> {
  const seen = await tops();
  expect(seen.length).toBeGreaterThan(2);
  return Math.max(...seen) - Math.min(...seen);
}

const atRest = (page: ChatPage): Promise<void> =>
  page.page.evaluate(async () => {
    const box = document.querySelector('.messages');
    for (let [height, still] = [-1, 0]; still < 10; ) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      still = box?.scrollHeight === height ? still + 1 : 0;
      height = box?.scrollHeight ?? 0;
    }
  });

async function scrollTo(page: ChatPage, words: string): Promise<void> {
  await page.page.locator('.messages').hover();
  await page.page.mouse.wheel(0, -200);
  await page.page.getByRole('button', { name: 'Jump to latest' }).waitFor();
  await page.page
    .getByText(words, { exact: false })
    .first()
    .evaluate((passage) => passage.scrollIntoView({ block: 'center' }));
  await atRest(page);
}

describe('what is read stays where it is', () => {
  it('while the reply grows below it', async () => {
    await using page = await open();
    const reply = assistant('a9', paragraphs('begun', 60), { state: 'streaming' });
    await page.snapshot(chat({ messages: [user('u9', 'Hi'), reply], busy: true }));
    await scrollTo(page, 'begun 20:');
    const tops = await watch(page, 'begun 20:');
    const more = Array.from({ length: 12 }, (_, nth) => paragraphs(`more ${nth}`, 20) + code.repeat(4));
    for (const text of more) await page.delta(append(text));
    const whole = paragraphs('begun', 60) + more.join('');
    await page.delta({ type: 'message-changed', message: assistant('a9', whole) });
    await atRest(page);
    expect(await moved(tops)).toBeLessThan(1);
  });

  it('while earlier messages are drawn above it, and read a slice at a time', async () => {
    await using page = await open();
    const earlier = Array.from({ length: 40 }, (_, nth) =>
      nth % 2 === 0
        ? user(`e${nth}`, `Asked ${nth}`)
        : assistant(`e${nth}`, paragraphs(`e${nth}`, 30) + code.repeat(20)),
    );
    const last = [user('u9', 'Hi'), assistant('a9', paragraphs('last', 80))];
    await page.snapshot(chat({ messages: last, earlier: 40 }));
    await scrollTo(page, 'last 8:');
    const tops = await watch(page, 'last 8:');
    await page.delta({ type: 'earlier-messages', before: 'u9', messages: earlier, earlier: 0 });
    await atRest(page);
    expect(await page.testId('message').count()).toBeGreaterThan(2);
    expect(await moved(tops)).toBeLessThan(1);
  });

  it('while code above it is coloured and other branches are told', async () => {
    await using page = await open();
    const text = code.repeat(30) + paragraphs('below', 40);
    await page.snapshot(chat({ messages: [user('u9', 'Hi'), assistant('a9', text)] }));
    await scrollTo(page, 'below 12:');
    const tops = await watch(page, 'below 12:');
    await page.delta({
      type: 'message-changed',
      message: assistant('a9', text, { branch: { position: 1, count: 2 } }),
    });
    await page.delta({ type: 'queue', queue: [] });
    await atRest(page);
    expect(await moved(tops)).toBeLessThan(1);
  });
});

describe('the end', () => {
  const distance = (page: ChatPage): Promise<number> =>
    page.page.locator('.messages').evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);

  it('is kept in every frame while the reader is there, whatever grows above', async () => {
    await using page = await open();
    const earlier = [user('e0', 'Asked'), assistant('e1', paragraphs('early', 200) + code.repeat(40))];
    const reply = assistant('a9', paragraphs('begun', 10), { state: 'streaming' });
    await page.snapshot(chat({ messages: [user('u9', 'Hi'), reply], earlier: 2, busy: true }));
    await page.delta({ type: 'earlier-messages', before: 'u9', messages: earlier, earlier: 0 });
    for (let nth = 0; nth < 10; nth++) {
      await page.delta(append(paragraphs(`more ${nth}`, 15) + code.repeat(3)));
      expect(await distance(page)).toBeLessThan(2);
    }
    await atRest(page);
    expect(await distance(page)).toBeLessThan(2);
    expect(await page.page.getByRole('button', { name: 'Jump to latest' }).count()).toBe(0);
  });

  it('is not gone to from a little above it, and is kept again once it was reached', async () => {
    await using page = await open();
    const reply = assistant('a9', paragraphs('begun', 40), { state: 'streaming' });
    await page.snapshot(chat({ messages: [user('u9', 'Hi'), reply], busy: true }));
    await atRest(page);
    await page.page.locator('.messages').hover();
    await page.page.mouse.wheel(0, -120);
    const jump = page.page.getByRole('button', { name: 'Jump to latest' });
    await jump.waitFor();
    await page.delta(append(paragraphs('more', 5)));
    expect(await distance(page)).toBeGreaterThan(100);
    await page.page.mouse.wheel(0, 100_000);
    await expect.poll(() => jump.count()).toBe(0);
    await page.delta(append(paragraphs('end', 5)));
    expect(await distance(page)).toBeLessThan(2);
  });
});
